import type { TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Op } from '../definition/op.ts';
import { fail, operand, readInts, shapeText } from '../definition/operands.ts';

function padShape(shape: readonly number[], paddings: TensorInfo): number[] {
  const amounts = readInts(paddings, 'paddings');
  if (String(paddings.shape) !== String([shape.length, 2])) {
    fail(`paddings ${shapeText(paddings.shape)} need shape [${shape.length},2]`);
  }
  if (amounts.some((amount) => amount < 0)) fail(`paddings ${amounts.join(',')} need to be 0 or more`);
  return shape.map((dimension, axis) => amounts[2 * axis] + dimension + amounts[2 * axis + 1]);
}

/** A pad by the constant amounts [rank, 2] of the second input; PADV2 takes the value from a third. */
export function definePad<T extends 'PAD' | 'PADV2'>(type: T): Op<T> {
  return defineOp<'PAD' | 'PADV2'>({
    type,
    indexInputs: [1, 2],
    infer(_attributes, inputs): TensorInfo[] {
      const { shape, dtype } = operand(inputs, 0, 'input');
      return [{ shape: padShape(shape, operand(inputs, 1, 'paddings')), dtype }];
    },
  }) as Op<T>;
}
