import { InferscopeError } from '../../errors.ts';
import { oncePer } from '../once-per.ts';
import { findRow } from '../../boards/pricing/cost-rows.ts';
import { countsOf } from '../../boards/pricing/cost.ts';
import { sumTerms } from '../../boards/pricing/terms.ts';
import { operatorSteps } from '../../deploy/tflm/operator-steps.ts';
import type { Step } from '../../deploy/program.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';
import { countedCosts, type CountedRows } from '../measurements/counted-core.ts';

/** Kinds of work whose speeds differ between cores and between engines. */
export const OP_CLASSES = [
  'firstConv',
  'conv',
  'pointwise',
  'depthwise',
  'multiplierDepthwise',
  'dense',
  'pool',
  'softmax',
  'elementwise',
  'layer',
  'call',
] as const;

export type OpClass = (typeof OP_CLASSES)[number];

/** Instructions of a network by class, in the order of OP_CLASSES. */
export type ClassInstructions = readonly number[];

/** Kernels whose counted instructions stand for an engine's work. */
export type CountedKernels = 'cmsis-nn' | 'tflm-reference' | 'tflm-reference-Os';

/** Instructions of an interpreter between two operators, and around all of them. */
const LAYER_INSTRUCTIONS = 150;
const CALL_INSTRUCTIONS = 500;

/** Operators that only move bytes cost an engine of its own nothing: it plans them away. */
const FREE = new Set(['RESHAPE']);

/** Convolutions of so few input channels, as of a picture, keep no wide inner loop busy. */
const FEW_CHANNELS = 4;

function convolutionClass({ work: { counts } }: Step): OpClass {
  if (counts.inChannels <= FEW_CHANNELS) return 'firstConv';
  return counts.kernelH === 1 && counts.kernelW === 1 ? 'pointwise' : 'conv';
}

function multiplierOf({ attributes }: GraphNode): number {
  return (attributes as { depthMultiplier?: number }).depthMultiplier ?? 1;
}

function classOf(step: Step, { nodes }: Graph): OpClass {
  switch (step.op) {
    case 'CONV_2D':
      return convolutionClass(step);
    case 'DEPTHWISE_CONV_2D':
      return multiplierOf(nodes[step.node!]) > 1 ? 'multiplierDepthwise' : 'depthwise';
    case 'FULLY_CONNECTED':
      return 'dense';
    case 'MAX_POOL_2D':
    case 'AVERAGE_POOL_2D':
    case 'MEAN':
      return 'pool';
    case 'SOFTMAX':
      return 'softmax';
    default:
      return 'elementwise';
  }
}

/** An operator that no counted library has. */
class UncountedError extends InferscopeError {
  override name = 'UncountedError';
}

function instructionsOf({ op, dtype, work }: Step, kernels: CountedKernels, core: CountedRows): number {
  const counts = countsOf(work);
  for (const library of kernels === 'tflm-reference' ? [kernels] : [kernels, 'tflm-reference']) {
    for (const rows of core) {
      const row = findRow(rows, op, dtype, library, counts);
      if (row?.instructions) return sumTerms(row.instructions, counts);
    }
  }
  throw new UncountedError(`${op} ${dtype}: no counted instructions`);
}

/** What an operator of a network is counted by, whatever the core and the kernels. */
interface ClassedStep {
  readonly step: Step;
  /** Position in OP_CLASSES. */
  readonly of: number;
}

interface ClassedNetwork {
  /** Without those that are free. */
  readonly steps: readonly ClassedStep[];
  readonly macs: number;
}

/** A sweep asks for each network again for every board. */
const classedNetwork = oncePer((graph: Graph): ClassedNetwork => {
  const { steps } = operatorSteps(graph, { unit: 'core', kernels: '', memories: {} });
  let macs = 0;
  for (const { work } of steps) macs += work.macs;
  const counted = steps.filter(({ op }) => !FREE.has(op));
  return { steps: counted.map((step) => ({ step, of: OP_CLASSES.indexOf(classOf(step, graph)) })), macs };
});

const [LAYER, CALL] = (['layer', 'call'] as const).map((name) => OP_CLASSES.indexOf(name));

/** Counted instructions of one inference by class, and its multiply-accumulates; rows of `before` come before the core's. */
export function classInstructions(
  graph: Graph,
  kernels: CountedKernels,
  core: string,
  before: CountedRows = [],
): { instructions: ClassInstructions; macs: number } {
  const { steps, macs } = classedNetwork(graph);
  const rows = [...before, ...countedCosts(core)];
  const sums = OP_CLASSES.map(() => 0);
  for (const { step, of } of steps) sums[of] += instructionsOf(step, kernels, rows);
  sums[LAYER] = LAYER_INSTRUCTIONS * steps.length;
  sums[CALL] = CALL_INSTRUCTIONS;
  return { instructions: sums, macs };
}
