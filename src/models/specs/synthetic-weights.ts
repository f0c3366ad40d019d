import { SpecError } from '../../errors.ts';
import { elementCount, type Graph, type Tensor } from '../graph/graph.ts';

/** A sequence of numbers from 0 up to 1, the same for a seed (Numerical Recipes' linear congruence). */
export function seededFractions(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const WEIGHT_SEED = 1;
const IMAGE_SEED = 7;
/** 256 MB as float32: more than the flash of any microcontroller. */
const MAX_DRAWN = 2 ** 26;

/** True where the graph lacks values of its weights: a spec knows their shapes only. */
export function hasOpenWeights(graph: Graph): boolean {
  return graph.tensors.some(isOpen);
}

function isOpen({ isConstant, data, dtype }: Tensor): boolean {
  return isConstant === true && !data && dtype === 'float32';
}

/**
 * The graph with drawn weights where it has none: as large as their inputs are few, biases between 0 and 0.2. Throws a
 * SpecError for more weights than any board could hold.
 */
export function withDrawnWeights(graph: Graph): Graph {
  const weights = graph.tensors.filter(isOpen).reduce((sum, { shape }) => sum + elementCount(shape), 0);
  if (weights > MAX_DRAWN)
    throw new SpecError(
      `${graph.name}: has ${weights} weights, of which up to ${MAX_DRAWN} are drawn; take a smaller network`,
    );
  const draw = seededFractions(WEIGHT_SEED);
  const tensors = graph.tensors.map((tensor) => {
    if (!isOpen(tensor)) return tensor;
    const { shape } = tensor;
    const fanIn = elementCount(shape.slice(1));
    const drawOne = shape.length === 1 ? () => 0.2 * draw() : () => (2 * draw() - 1) * Math.sqrt(3 / fanIn);
    const values = Float32Array.from({ length: elementCount(shape) }, drawOne);
    return { ...tensor, data: new Uint8Array(values.buffer) };
  });
  return { ...graph, tensors };
}

/** Images of drawn bytes. */
export function drawnImages(bytes: number, count: number): Uint8Array[] {
  const draw = seededFractions(IMAGE_SEED);
  return Array.from({ length: count }, () => Uint8Array.from({ length: bytes }, () => 256 * draw()));
}
