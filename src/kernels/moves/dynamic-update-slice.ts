import type { TensorInfo } from '../../models/graph/graph.ts';
import { clamp } from '../../numbers.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand, shapeText } from '../definition/operands.ts';
import { estimate } from '../definition/tflm.ts';
import { stridesOf, walk } from '../numbers/broadcast.ts';
import { moveCounts } from './move-counts.ts';

/** The first input with the second laid over it at the indices of the third, which may be computed. */
export const dynamicUpdateSlice = defineOp({
  type: 'DYNAMIC_UPDATE_SLICE',
  tflite: { options: 'DynamicUpdateSliceOptions', versions: { runtimes: '2.9.0' } },
  quantization: { sameScale: true },
  indexInputs: [2],
  tflm: { limits: { types: ['float32|int8|int32 * int32|int64'], maxRank: 6 } },
  estimates: {
    any: estimate(
      { outputBytes: 0.6, inputBytes: 0.5, innerRows: 30, '1': 400 },
      'memcpy of all, then of rows',
    ),
  },
  infer(_attributes, inputs): TensorInfo[] {
    const [whole, part] = [operand(inputs, 0, 'input'), operand(inputs, 1, 'update')];
    const fits = part.shape.every((dimension, axis) => dimension <= whole.shape[axis]);
    if (part.shape.length !== whole.shape.length || part.dtype !== whole.dtype || !fits) {
      fail(`${shapeText(part.shape)} ${part.dtype} is no part of ${shapeText(whole.shape)} ${whole.dtype}`);
    }
    const begins = operand(inputs, 2, 'begin').shape;
    if (String(begins) !== String(whole.shape.length)) {
      fail(`begin ${shapeText(begins)} needs one index for each of ${whole.shape.length} dimensions`);
    }
    return [{ shape: [...whole.shape], dtype: whole.dtype }];
  },
  count: (_attributes, inputs, outputs) => ({
    counts: moveCounts([operand(inputs, 0, 'input'), operand(inputs, 1, 'update')], outputs),
  }),
  prepare(_attributes, inputs) {
    const [whole, part] = [operand(inputs, 0, 'input').shape, operand(inputs, 1, 'update').shape];
    const strides = stridesOf(whole);
    const offsets = walk(part, strides);
    return {
      run([from, update, begins], [out]) {
        out.set(from);
        const start = strides.reduce(
          (sum, stride, axis) => sum + stride * clamp(Number(begins[axis]), 0, whole[axis] - part[axis]),
          0,
        );
        for (let at = 0; at < offsets.length; at++) out[start + offsets[at]] = update[at];
      },
    };
  },
});
