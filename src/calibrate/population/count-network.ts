import type { Op } from '../../kernels/definition/op.ts';
import { OPS } from '../../kernels/index.ts';
import { registerOps } from '../../kernels/registry.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { countedCoreOf, type CountedRows } from '../measurements/counted-core.ts';
import { oncePer } from '../once-per.ts';
import type { Identity } from '../measurements/row-identity.ts';
import { classInstructions, type ClassInstructions, type CountedKernels } from './op-classes.ts';

/** Engines whose kernels are the plain loops of TensorFlow Lite Micro, compiled with a flag that rows do not say. */
const REFERENCE = new Set(['tflm-reference', 'tflm-float']);

export const isReference = ({ engine }: Identity): boolean => REFERENCE.has(engine);

export interface Counted {
  readonly instructions: ClassInstructions;
  readonly flagLogs?: readonly number[];
  readonly macs: number;
}

/** Counts between -O2 and -Os, and how far the two are apart. */
function betweenFlags(graph: Graph, core: string, before?: CountedRows): Counted {
  const fast = classInstructions(graph, 'tflm-reference', core, before);
  const small = classInstructions(graph, 'tflm-reference-Os', core, before).instructions;
  const between = fast.instructions.map((count, index) => Math.sqrt(count * small[index]));
  const flagLogs = fast.instructions.map((count, index) => (count > 0 ? Math.log(small[index] / count) : 0));
  return { instructions: between, flagLogs, macs: fast.macs };
}

/** Kernels whose counts stand for an engine's work. */
type CountedBy = CountedKernels | 'between flags';

/** Its own, or those of CMSIS-NN for an engine that is closed. */
function countedBy(identity: Identity): CountedBy {
  if (isReference(identity)) return 'between flags';
  return identity.dtype === 'float32' ? 'tflm-reference' : 'cmsis-nn';
}

function countBy(graph: Graph, kernels: CountedBy, core: string, before?: CountedRows): Counted {
  if (kernels === 'between flags') return betweenFlags(graph, core, before);
  return classInstructions(graph, kernels, core, before);
}

/**
 * Counted instructions of a network for an engine and a counted core; where the engine is of another time than the kernels
 * that ship, `before` has the rows of those that it had instead.
 */
export function countGraph(graph: Graph, identity: Identity, core: string, before?: CountedRows): Counted {
  return countBy(graph, countedBy(identity), core, before);
}

let isLoaded = false;

function loadOperators(): void {
  if (!isLoaded) registerOps(Object.values<Op>(OPS));
  isLoaded = true;
}

interface KnownCounts {
  readonly kernels: CountedBy;
  readonly core: string;
  readonly counted: Counted;
}

/** Boards of one core share the counts of a network. */
const countsOf = oncePer((_graph: Graph): KnownCounts[] => []);

const runOf = oncePer((identity: Identity) => ({
  kernels: countedBy(identity),
  core: countedCoreOf(identity),
}));

/** Counted instructions of a network for the engine and the core of a run. */
export function countNetwork(graph: Graph, identity: Identity): Counted {
  const run = runOf(identity);
  const counts = countsOf(graph);
  for (const { kernels, core, counted } of counts)
    if (kernels === run.kernels && core === run.core) return counted;
  loadOperators();
  const counted = countBy(graph, run.kernels, run.core);
  counts.push({ ...run, counted });
  return counted;
}
