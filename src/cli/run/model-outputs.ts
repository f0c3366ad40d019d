import type { Executor } from '../../kernels/execute/executor.ts';
import type { InputValues } from '../../kernels/execute/executor-input.ts';
import type { TensorData } from '../../kernels/definition/kernel.ts';
import type { DType, Graph, Tensor } from '../../models/graph/graph.ts';
import { formatTable } from '../../report/table.ts';
import { rankScores, type ClassScore } from '../class-scores.ts';
import type { TensorDump } from './tensor-dump.ts';

/** An output tensor; `values` as the model stores them. */
export interface OutputTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly values: readonly number[];
}

export interface Inference {
  readonly outputs: readonly OutputTensor[];
  readonly top: readonly ClassScore[];
}

function toOutput({ name, shape, dtype }: Tensor, values: TensorData): OutputTensor {
  return { name, shape, dtype, values: Array.from(values as ArrayLike<number | bigint>, Number) };
}

function realValue({ quantization }: Tensor, stored: number): number {
  const scale = quantization?.scales[0];
  return scale === undefined ? stored : scale * (stored - (quantization?.zeroPoints[0] ?? 0));
}

function rank(graph: Graph, outputs: readonly OutputTensor[], count: number): ClassScore[] {
  const [index] = graph.outputs;
  if (index === undefined) return [];
  const scores = outputs[0].values.map((stored) => realValue(graph.tensors[index], stored));
  return rankScores(scores, count);
}

/** What is done on the way of a run: every tensor collected, every operator told. */
export interface OnTheWay {
  readonly dump?: TensorDump;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Runs a model once. */
export function infer(
  executor: Executor,
  inputs: readonly InputValues[],
  count: number,
  { dump, onProgress }: OnTheWay = {},
): Inference {
  const { graph } = executor;
  const results = executor.run(inputs, (node) => {
    dump?.add(node);
    onProgress?.(node + 1, graph.nodes.length);
  });
  const outputs = graph.outputs.map((index, at) => toOutput(graph.tensors[index], results[at]));
  return { outputs, top: rank(graph, outputs, count) };
}

const COLUMNS = [
  { title: 'class', align: 'right' },
  { title: 'score', align: 'right' },
  { title: 'stored', align: 'right' },
] as const;

/** Outputs that are named in the text. */
const MOST_OUTPUTS = 20;

/** Outputs by name and shape, and the best classes of the first. */
export function formatInference({ outputs, top }: Inference): string {
  const heads = outputs
    .slice(0, MOST_OUTPUTS)
    .map(({ name, dtype, shape }) => `  output "${name}" ${dtype} [${shape.join(', ')}]`);
  if (outputs.length > MOST_OUTPUTS) heads.push(`  ... ${outputs.length - MOST_OUTPUTS} more; --json`);
  const rows = top.map(({ index, score }) => [
    `${index}`,
    score.toPrecision(6),
    `${outputs[0].values[index]}`,
  ]);
  return [...heads, '', formatTable(COLUMNS, rows)].join('\n');
}
