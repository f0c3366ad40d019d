import { InferscopeError } from '../../errors.ts';
import { withSubgraphs } from '../../models/graph/called-subgraphs.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { seededIntegers } from '../../seeded-random.ts';
import type { LoopRounds } from '../registry.ts';
import { prepareExecutor, type Executor } from './graph-executor.ts';

const NONE: LoopRounds = new Map();

/** What the inputs hold in each trial: zeros, ones, drawn values. */
const TRIALS: readonly ((draw: () => number) => number)[] = [() => 0, () => 1, (draw) => draw() % 3];

function fillInputs(executor: Executor, value: () => number): void {
  for (const index of executor.graph.inputs) {
    const array = executor.tensor(index);
    if (array instanceof BigInt64Array || array instanceof BigUint64Array) {
      array.forEach((_, at) => (array[at] = BigInt(value())));
    } else if (executor.graph.tensors[index].dtype === 'bool') {
      array.forEach((_, at) => (array[at] = value() % 2));
    } else array.forEach((_, at) => (array[at] = value()));
  }
}

function roundsIn(executor: Executor, trial: (typeof TRIALS)[number]): LoopRounds {
  const draw = seededIntegers(1);
  executor.reset();
  fillInputs(executor, () => trial(draw));
  executor.run(executor.graph.inputs.map((index) => executor.tensor(index).slice()));
  return new Map(executor.loopRounds);
}

/**
 * Rounds of the loops of a network whose number is the same whatever the inputs hold, as three runs tell: on zeros, ones
 * and drawn values. Loops that differ are left out, and so are all where the network cannot be run.
 */
export function steadyLoopRounds(graph: Graph): LoopRounds {
  if (!withSubgraphs(graph).some(({ nodes }) => nodes.some(({ op }) => op === 'WHILE'))) return NONE;
  try {
    const executor = prepareExecutor(graph, () => undefined);
    const [first, ...others] = TRIALS.map((trial) => roundsIn(executor, trial));
    return new Map(
      [...first].filter(([loop, rounds]) => others.every((other) => other.get(loop) === rounds)),
    );
  } catch (error) {
    if (error instanceof InferscopeError) return NONE;
    throw error;
  }
}
