import { SpecError } from '../../errors.ts';
import { firstInput } from '../../models/graph/ends.ts';
import type { Graph } from '../../models/graph/graph.ts';

// 10,000 images of 128 x 128 float32 take 655 MB.
const MAX_SIDE = 128;

/**
 * Side of the square grey image that a model takes. Throws a SpecError for a model that takes anything else, or images
 * that are too large to prepare all at once.
 */
export function imageSide(graph: Graph): number {
  const { name, inputs } = graph;
  const { shape } = firstInput(graph);
  const [batch, height, width, channels = 1] = shape;
  if (inputs.length !== 1 || batch !== 1 || height !== width || channels !== 1 || shape.length < 3) {
    throw new SpecError(
      `${name}: takes ${inputs.length} inputs, the first [${shape.join(', ')}]; MNIST's digits need one of [1, side, side, 1]`,
    );
  }
  return checkSide(name, height);
}

/** Whether the network takes one square grey image of a size that MNIST is prepared in. */
export function takesDigits(graph: Graph): boolean {
  const { shape } = firstInput(graph);
  const [batch, height, width, channels = 1] = shape;
  const isGrey = graph.inputs.length === 1 && batch === 1 && channels === 1 && shape.length >= 3;
  return isGrey && height === width && height <= MAX_SIDE;
}

/** The side. Throws a SpecError where so many pixels cannot be prepared. */
export function checkSide(name: string, side: number): number {
  if (side <= MAX_SIDE) return side;
  throw new SpecError(`${name}: takes images of ${side} pixels a side; MNIST is prepared up to ${MAX_SIDE}`);
}
