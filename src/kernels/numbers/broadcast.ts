import { elementCount } from '../../models/graph/graph.ts';

/** Elements between neighbours along each axis of a row-major tensor. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/**
 * Element offsets of a walk over `shape`, last axis first, from `start` in steps of `strides`: the source of each
 * output element of a transpose, slice, split or broadcast.
 */
export function walk(shape: readonly number[], strides: readonly number[], start = 0): Int32Array {
  const offsets = new Int32Array(elementCount(shape));
  const position = new Array<number>(shape.length).fill(0);
  let offset = start;
  for (let at = 0; at < offsets.length; at++) {
    offsets[at] = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      offset += strides[axis];
      if (++position[axis] < shape[axis]) break;
      offset -= strides[axis] * shape[axis];
      position[axis] = 0;
    }
  }
  return offsets;
}

/** Source of each element of `to` in an operand of shape `from` that broadcasts to it; undefined where they are equal. */
export function broadcastOffsets(from: readonly number[], to: readonly number[]): Int32Array | undefined {
  if (elementCount(from) === elementCount(to)) return undefined;
  const strides = stridesOf(from);
  const missing = to.length - from.length;
  return walk(
    to,
    to.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : strides[axis - missing])),
  );
}
