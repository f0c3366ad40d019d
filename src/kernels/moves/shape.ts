import { estimate } from '../definition/tflm.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import { elementCounts } from '../definition/dense-counts.ts';
import { int32Bytes, operand } from '../definition/operands.ts';

/** The input's shape as int32; shapes are static, so the output is a constant (`data`). Reads no element. */
export const shape = defineOp({
  type: 'SHAPE',
  tflite: { options: 'ShapeOptions', versions: { runtimes: '1.10.0' } },
  tflm: { limits: { types: ['* -> int32'] } },
  estimates: { any: estimate({ '1': 150 }, 'a copy of a few words') },
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
  prepare(_attributes, inputs, [output]) {
    const { shape } = operand(inputs, 0, 'input');
    const values = output.dtype === 'int64' ? shape.map(BigInt) : shape;
    return {
      run(_inputs, [out]) {
        for (let axis = 0; axis < values.length; axis++) out[axis] = values[axis] as number;
      },
    };
  },
});
