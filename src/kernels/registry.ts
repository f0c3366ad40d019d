import type { Graph } from '../models/graph/graph.ts';
import type { DescribedOp } from './definition/op.ts';
import { FULLY_CONNECTED } from './dense/dense-facts.ts';
import { RESHAPE } from './moves/reshape-facts.ts';
import { CONV_2D } from './windows/conv-2d/conv-2d-facts.ts';

/*
 * The operators that are loaded. A page that predicts the published network need not carry the other hundred: whoever
 * makes networks of further ones (readers of files, specs of layers) registers them.
 */

/** What the published CNN is made of. */
const PLAIN: readonly DescribedOp[] = [CONV_2D, FULLY_CONNECTED, RESHAPE];

const loaded = new Map<string, DescribedOp>(PLAIN.map((op) => [op.type, op]));

/** Loads operators; one that is loaded already stays as it is. */
export function registerOps(ops: readonly DescribedOp[]): void {
  for (const op of ops) if (!loaded.has(op.type)) loaded.set(op.type, op);
}

/** How many operators are loaded; it only grows. */
export const loadedCount = (): number => loaded.size;

/** The operators that are loaded, in the order of their names. */
export function loadedOps(): DescribedOp[] {
  return [...loaded.keys()].sort().map((type) => loaded.get(type)!);
}

/** The operator of that name, or undefined where the project does not know it or it is not loaded. */
export function opFor(type: string): DescribedOp | undefined {
  return loaded.get(type);
}

let isWhole = false;

/** Why no kernel library can have an operator of this name, and what to do; undefined for any other. */
type DescribeForeign = (op: string) => string | undefined;

let describeForeign: DescribeForeign = () => undefined;

/** Loads every operator that the project understands, and what is known of those that are none of TFLite's. */
export function registerAll(ops: readonly DescribedOp[], foreign: DescribeForeign): void {
  registerOps(ops);
  describeForeign = foreign;
  isWhole = true;
}

/** Why no kernel library can have an operator of this name; undefined for any other, and where not all are loaded. */
export const whyForeign = (op: string): string | undefined => describeForeign(op);

/** Why there is no operator of that name: the project has none, or it is not loaded. */
export function whyUnknown(): string {
  return isWhole
    ? 'inferscope does not know this operator yet; replace it in the model, or add it: docs/add-an-operator.md'
    : 'this operator is not loaded; with inferscope/operators: registerOperators(Object.values(OPERATORS))';
}

/** Whether a name without an operator may be one of those that are not loaded. */
export const mayBeUnloaded = (type: string): boolean => !isWhole && !loaded.has(type);

/** Rounds of loops, by the attributes of their nodes. */
export type LoopRounds = ReadonlyMap<object, number>;

type CountRounds = (graph: Graph) => LoopRounds;

let countRounds: CountRounds = () => new Map();

/** Hands in how rounds of loops are counted, which takes what runs networks. */
export function registerLoopCounter(count: CountRounds): void {
  countRounds = count;
}

/** Rounds of the loops of a network that are the same whatever its inputs hold; none where nothing can count them. */
export function loopRounds(graph: Graph): LoopRounds {
  return countRounds(graph);
}
