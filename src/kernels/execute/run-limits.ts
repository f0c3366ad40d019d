import { SpecError } from '../../errors.ts';
import type { Graph } from '../../models/graph/graph.ts';
import type { Work } from '../definition/op.ts';
import { planBuffers } from './buffer-plan.ts';
import { graphWork, inferGraph } from './graph-work.ts';

/** What a run may take; no limit where a field is absent. */
export interface RunLimits {
  /** Memory for tensors, weights and what is made of them, in 10^6 bytes; what the process takes anyway counts. */
  readonly megabytes?: number | undefined;
  readonly seconds?: number | undefined;
}

/** What one run needs, estimated before anything is reserved. */
export interface RunDemand {
  readonly bytes: number;
  readonly seconds: number;
}

/** Node with this program and no network, by its resident memory. */
const PROCESS_BYTES = 128e6;

/** An output is copied out, ranked and written as text. */
const OUTPUT_ELEMENT_BYTES = 48;

/** Weights are read from the file, and packed for the kernel. */
const WEIGHT_COPIES = 2;

/**
 * Work in a second on a core of 2.5 GHz that others use too. Taps of windows and products of weights: the plain loops do
 * half as many, the slowest SIMD kernel six times. Bytes read and written: a softmax does 1.2e8, a RELU 3e8.
 */
const TAPS_PER_SECOND = 1e8;
const BYTES_PER_SECOND = 1e8;

function secondsOf({ macs, loadBytes, storeBytes, counts }: Work): number {
  const taps = Math.max(counts.macsInImage ?? macs, counts.featureMacs ?? 0);
  return taps / TAPS_PER_SECOND + (loadBytes + storeBytes) / BYTES_PER_SECOND;
}

function elementsOf(graph: Graph, indices: readonly number[]): number {
  return indices.reduce((sum, at) => sum + graph.tensors[at].shape.reduce((a, b) => a * b, 1), 0);
}

/** Memory and time of one run, both rather too high than too low. Throws as `inferGraph`. */
export function runDemand(graph: Graph): RunDemand {
  inferGraph(graph);
  const { nodes, totals } = graphWork(graph);
  const outputs = OUTPUT_ELEMENT_BYTES * elementsOf(graph, graph.outputs);
  return {
    bytes: PROCESS_BYTES + planBuffers(graph).bytes + WEIGHT_COPIES * totals.bytes + outputs,
    seconds: nodes.reduce((sum, { work }) => sum + secondsOf(work), 0),
  };
}

const inMegabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;

/**
 * Throws a SpecError with the figure where `runs` runs of a network need more memory or time than they may take.
 */
export function requireWithin(graph: Graph, { megabytes, seconds }: RunLimits, runs = 1): void {
  if (megabytes === undefined && seconds === undefined) return;
  const demand = runDemand(graph);
  if (megabytes !== undefined && demand.bytes > megabytes * 1e6) {
    throw new SpecError(
      `${graph.name}: running it needs about ${inMegabytes(demand.bytes)} of memory, more than the limit of ` +
        `${inMegabytes(megabytes * 1e6)}; where the machine has it, raise the limit (--memory)`,
    );
  }
  const needed = demand.seconds * runs;
  if (seconds !== undefined && needed > seconds) {
    throw new SpecError(
      `${graph.name}: running it takes up to ${Math.ceil(needed).toLocaleString('en')} s, more than the limit of ` +
        `${seconds} s; to wait for it, raise the limit (--max-seconds)`,
    );
  }
}
