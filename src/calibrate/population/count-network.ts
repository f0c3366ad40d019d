import type { Op } from '../../kernels/definition/op.ts';
import { OPS } from '../../kernels/index.ts';
import { registerOps } from '../../kernels/registry.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { countedCoreOf } from '../measurements/counted-core.ts';
import type { Identity } from '../measurements/row-identity.ts';
import { classInstructions, type ClassInstructions } from './op-classes.ts';

/** Engines whose kernels are the plain loops of TensorFlow Lite Micro, compiled with a flag that rows do not say. */
const REFERENCE = new Set(['tflm-reference', 'tflm-float']);

export const isReference = ({ engine }: Identity): boolean => REFERENCE.has(engine);

export interface Counted {
  readonly instructions: ClassInstructions;
  readonly flagLogs?: readonly number[];
  readonly macs: number;
}

/** Counts between -O2 and -Os, and how far the two are apart. */
function betweenFlags(graph: Graph, core: string): Counted {
  const fast = classInstructions(graph, 'tflm-reference', core);
  const small = classInstructions(graph, 'tflm-reference-Os', core).instructions;
  const between = fast.instructions.map((count, index) => Math.sqrt(count * small[index]));
  const flagLogs = fast.instructions.map((count, index) => (count > 0 ? Math.log(small[index] / count) : 0));
  return { instructions: between, flagLogs, macs: fast.macs };
}

/** The kernels whose counts stand for an engine's work: its own, or those of CMSIS-NN for one that is closed. */
export function countGraph(graph: Graph, identity: Identity, core: string): Counted {
  if (isReference(identity)) return betweenFlags(graph, core);
  return classInstructions(graph, identity.dtype === 'float32' ? 'tflm-reference' : 'cmsis-nn', core);
}

/** Counted instructions of a network for the engine and the core of a run. */
export function countNetwork(graph: Graph, identity: Identity): Counted {
  registerOps(Object.values<Op>(OPS));
  return countGraph(graph, identity, countedCoreOf(identity));
}
