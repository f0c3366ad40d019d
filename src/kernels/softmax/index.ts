import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import { softmaxCounts } from '../definition/dense-counts.ts';
import { fail, operand } from '../definition/operands.ts';

/** Over the last dimension; the others are rows. */
export const softmax = defineOp({
  type: 'SOFTMAX',
  infer(_attributes, inputs): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 0, 'input');
    if (shape.length === 0) fail('a scalar has no dimension to normalise over, needs 1 or more');
    return [{ shape: [...shape], dtype }];
  },
  count(_attributes, inputs) {
    const { shape } = operand(inputs, 0, 'input');
    return { counts: softmaxCounts(elementCount(shape.slice(0, -1)), shape[shape.length - 1]) };
  },
});
