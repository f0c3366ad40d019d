import type { TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Op } from '../definition/op.ts';
import { operand, readOperandInts } from '../definition/operands.ts';

function reduceShape(shape: readonly number[], axes: ReadonlySet<number>, keepDims: boolean): number[] {
  if (keepDims) return shape.map((dimension, axis) => (axes.has(axis) ? 1 : dimension));
  return shape.filter((_, axis) => !axes.has(axis));
}

/** A reduction over the constant axes of the second input; repeated axes count once. */
export function defineReduce<T extends 'MEAN' | 'SUM'>(type: T): Op<T> {
  return defineOp<'MEAN' | 'SUM'>({
    type,
    indexInputs: [1],
    infer(attributes, inputs): TensorInfo[] {
      const { shape, dtype } = operand(inputs, 0, 'input');
      const axes = readOperandInts(inputs, 1, 'axes').map((axis) => normalizeAxis(axis, shape.length));
      return [{ shape: reduceShape(shape, new Set(axes), attributes.keepDims), dtype }];
    },
  }) as Op<T>;
}
