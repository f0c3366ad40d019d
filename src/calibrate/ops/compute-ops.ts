import type { Board } from '../../boards/board/board.ts';
import { deploy } from '../../deploy/index.ts';
import { requireKernels } from '../../deploy/tflm/require-kernels.ts';
import { planTflmTimeline } from '../../deploy/tflm/tflm-timeline.ts';
import { graphFromBytes } from '../../files/load-model.ts';
import { createExecutor } from '../../kernels/execute/executor.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { predict } from '../../simulate/predict.ts';
import { goldenElements, toBase64, type OpsGoldenEntry } from './ops-golden.ts';

/** What inferscope computes for one file; `null` where it does not, and then `refusal` says why. */
export interface OpsFile {
  readonly file: string;
  /** Little-endian bytes in base64, one for each output of the network. */
  readonly outputs: readonly string[] | null;
  /** The planned part of the arena. */
  readonly headBytes: number | null;
  readonly latencyMs: number | null;
  /** The first reason why one of the three is missing. */
  readonly refusal: string | null;
  /** Why there is no latency, which may be another reason. */
  readonly latencyRefusal: string | null;
}

/** Where the files would run. */
export interface OpsTarget {
  readonly board: Board;
  readonly kernels: string;
}

type Attempt<T> = { readonly value: T; readonly why: null } | { readonly value: null; readonly why: string };

/** Any error is an answer here: one file of hundreds must not end the others. */
function attempt<T>(action: () => T): Attempt<T> {
  try {
    return { value: action(), why: null };
  } catch (error) {
    return { value: null, why: error instanceof Error ? error.message : String(error) };
  }
}

function refused(file: string, refusal: string): OpsFile {
  return { file, outputs: null, headBytes: null, latencyMs: null, refusal, latencyRefusal: refusal };
}

/** Outputs for the golden inputs; for zeros where the golden file has none, as of a file whose values nobody recorded. */
function run(graph: Graph, { inputs = [] }: OpsGoldenEntry, { board, kernels }: OpsTarget): string[] {
  requireKernels(graph, board, 'core', kernels);
  const executor = createExecutor(graph);
  const zeros = graph.inputs.map((index) => executor.tensor(index).slice());
  const given = inputs.length > 0 ? inputs.map(goldenElements) : zeros;
  return executor.run(given).map(toBase64);
}

function plan(graph: Graph, { board, kernels }: OpsTarget): number {
  deploy(graph, board, { kernels });
  return planTflmTimeline(graph, kernels, board.runtime.placement.activations).arenaBytes;
}

/**
 * Outputs for the golden inputs, the planned arena and the latency of one file, each where it can be had. `bytes` reads
 * the file. Nothing is judged; never throws for what a file holds.
 */
export function computeOpsFile(
  file: string,
  bytes: () => Uint8Array,
  entry: OpsGoldenEntry,
  target: OpsTarget,
): OpsFile {
  const read = attempt(() => graphFromBytes(bytes(), file));
  if (read.value === null) return refused(file, read.why);
  const graph = read.value;
  const outputs = attempt(() => run(graph, entry, target));
  const predicted = attempt(() => predict(graph, target.board, { kernels: target.kernels }).latencyMs.value);
  const head = attempt(() => plan(graph, target));
  const refusal = outputs.why ?? predicted.why ?? head.why;
  return {
    file,
    outputs: outputs.value,
    headBytes: head.value,
    latencyMs: predicted.value,
    refusal,
    latencyRefusal: predicted.why,
  };
}
