import type { TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import { elementCounts } from '../definition/dense-counts.ts';
import { int32Bytes, operand } from '../definition/operands.ts';

/** The input's shape as int32; shapes are static, so the output is a constant (`data`). Reads no element. */
export const shape = defineOp({
  type: 'SHAPE',
  infer(_attributes, inputs): TensorInfo[] {
    const dimensions = operand(inputs, 0, 'input').shape;
    return [{ shape: [dimensions.length], dtype: 'int32', data: int32Bytes(dimensions) }];
  },
  count(_attributes, _inputs, [output]) {
    const outputElements = output.shape[0];
    const read = { inputElements: 0, inputBytes: 0 };
    return {
      loadBytes: 0,
      counts: elementCounts({ ...read, outputElements, outputBytes: 4 * outputElements }),
    };
  },
});
