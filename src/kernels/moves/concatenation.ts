import type { TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand, shapeText } from '../definition/operands.ts';

function joins(a: readonly number[], b: readonly number[], axis: number): boolean {
  return a.length === b.length && a.every((dimension, index) => index === axis || dimension === b[index]);
}

/** Joins its inputs along one axis; all other dimensions and the types are equal. */
export const concatenation = defineOp({
  type: 'CONCATENATION',
  infer(attributes, inputs): TensorInfo[] {
    const first = operand(inputs, 0, 'input');
    const axis = normalizeAxis(attributes.axis, first.shape.length);
    const tensors = inputs.map((_, position) => operand(inputs, position, 'input'));
    const odd = tensors.find(
      (tensor) => tensor.dtype !== first.dtype || !joins(first.shape, tensor.shape, axis),
    );
    if (odd) {
      const got = `${shapeText(odd.shape)} ${odd.dtype}`;
      fail(`${got} does not join ${shapeText(first.shape)} ${first.dtype} along axis ${axis}`);
    }
    const joined = tensors.reduce((sum, tensor) => sum + tensor.shape[axis], 0);
    return [{ shape: first.shape.with(axis, joined), dtype: first.dtype }];
  },
});
