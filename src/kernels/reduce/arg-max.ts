import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand, readOperandInts } from '../definition/operands.ts';

/**
 * Axis from the constant second input; that dimension disappears. The type is int32: the attributes do not hold it,
 * and the file's output tensor may say int64.
 */
export const argMax = defineOp({
  type: 'ARG_MAX',
  indexInputs: [1],
  infer(_attributes, inputs): TensorInfo[] {
    const { shape } = operand(inputs, 0, 'input');
    const axes = readOperandInts(inputs, 1, 'axis');
    if (axes.length !== 1 || elementCount(shape) === 0)
      fail(`needs one axis and elements, got ${axes.length} axes`);
    return [{ shape: shape.toSpliced(normalizeAxis(axes[0], shape.length), 1), dtype: 'int32' }];
  },
});
