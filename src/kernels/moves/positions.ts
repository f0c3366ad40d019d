import { elementCount } from '../../models/graph/graph.ts';

/** For each position of a shape, last axis first, what `of` says; the position is one array, changed in place. */
export function mapPositions(
  shape: readonly number[],
  of: (position: readonly number[]) => number,
): Int32Array {
  const offsets = new Int32Array(elementCount(shape));
  const position = new Array<number>(shape.length).fill(0);
  for (let at = 0; at < offsets.length; at++) {
    offsets[at] = of(position);
    for (let axis = shape.length - 1; axis >= 0 && ++position[axis] === shape[axis]; axis--)
      position[axis] = 0;
  }
  return offsets;
}
