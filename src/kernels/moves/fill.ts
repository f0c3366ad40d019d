import type { TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand, readOperandInts, shapeText } from '../definition/operands.ts';
import { estimate, type Estimates } from '../definition/tflm.ts';

const estimates: Estimates = {
  any: estimate({ elements: 4, '1': 150 }, 'a loop that stores, as the copies of SLICE (4 an element)'),
};

/** A tensor of the constant shape of the first input that holds the scalar of the second. */
export const fill = defineOp({
  type: 'FILL',
  tflite: {
    options: 'FillOptions',
    versions: {
      runtimes: '1.13.0 2.3.0 2.5.0',
      types: { bool: 2, string: 2, int8: 3, int16: 3 },
      operand: 1,
    },
  },
  indexInputs: [0],
  tflm: { limits: { types: ['* float32|int8|int32'] } },
  estimates,
  infer(_attributes, inputs): TensorInfo[] {
    const shape = readOperandInts(inputs, 0, 'shape');
    if (shape.some((dimension) => dimension < 0)) fail(`shape ${shapeText(shape)} has a side below 0`);
    const value = operand(inputs, 1, 'value');
    if (value.shape.length > 0) fail(`value ${shapeText(value.shape)} is no scalar`);
    return [{ shape, dtype: value.dtype }];
  },
  prepare: () => ({
    run([, value], [out]) {
      out.fill(value[0]);
    },
  }),
});

/** As many stored zeros as the input has elements. */
export const zerosLike = defineOp({
  type: 'ZEROS_LIKE',
  tflite: { options: 'ZerosLikeOptions', versions: { runtimes: '1.12.0' } },
  tflm: { limits: { types: ['float32|int8|int32|int64'] } },
  estimates,
  infer(_attributes, inputs): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 0, 'input');
    return [{ shape: [...shape], dtype }];
  },
  prepare: (_attributes, _inputs, [{ dtype }]) => ({
    run(_inputs, [out]) {
      out.fill(dtype === 'int64' ? (0n as unknown as number) : 0);
    },
  }),
});
