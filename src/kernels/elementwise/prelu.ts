import type { TensorInfo } from '../../models/graph/graph.ts';
import { broadcastShapes } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Prepare } from '../definition/kernel.ts';
import type { KernelCall } from '../definition/kernel-limits.ts';
import { fail, operand, shapeText } from '../definition/operands.ts';
import { perPair, WITH_UINT8 } from '../definition/tflm.ts';
import { mbqm, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { clamp } from '../../numbers.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';
import { mapPairs, pairCounts } from './pairs.ts';

/** x, or slope x below 0, slopes broadcasting (TFLite reference_ops BroadcastPrelu4DSlow). */
const prepare: Prepare = (_attributes, inputs, [output]) => {
  const input = operand(inputs, 0, 'input');
  const slopes = operand(inputs, 1, 'slopes');
  if (input.dtype === 'float32')
    return mapPairs(input, slopes, output, (x, slope) => (x >= 0 ? x : x * slope));
  const from = scaleOf(input, 'input');
  const slope = scaleOf(slopes, 'slopes');
  const to = scaleOf(output, 'output');
  const above = quantizeMultiplier(from.scale / to.scale);
  const below = quantizeMultiplier((from.scale * slope.scale) / to.scale);
  const { low, high } = integerRange(output.dtype);
  return mapPairs(input, slopes, output, (stored, storedSlope) => {
    const x = stored - from.zeroPoint;
    const scaled =
      x >= 0
        ? mbqm(x, above.q, above.e)
        : mbqm(Math.imul(x, storedSlope - slope.zeroPoint), below.q, below.e);
    return clamp(scaled + to.zeroPoint, low, high);
  });
};

/** TFLM prelu_common.cc, BroadcastPrelu4DSlowFloat: it aborts beyond four dimensions, the int8 kernel does not. */
function wideFloat({ inputs: [input] }: KernelCall): string | undefined {
  if (input?.dtype !== 'float32' || input.shape.length <= 4) return undefined;
  return `float32 of ${input.shape.length} dimensions; it takes 4 at most`;
}

/** The slopes (input 1) broadcast to the input, never the other way round. */
export const prelu = defineOp({
  type: 'PRELU',
  tflite: { versions: { runtimes: '1.8.0' } },
  weightInputs: [1],
  tflm: {
    limits: { types: ['float32 float32', 'int8 int8'], check: wideFloat },
    oldTypes: WITH_UINT8,
  },
  kmodel: { instead: 'use LEAKY_RELU or RELU behind a convolution' },
  estimates: {
    float32: perPair(11, 'float prelu at GCC -O2 (11 an element, 17 a run, counted)', 17),
    int8: perPair(56, 'int8 prelu at GCC -O2 (56 an element, 54 a run, counted)', 54),
  },
  infer(_attributes, inputs): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 0, 'input');
    const slopes = operand(inputs, 1, 'slopes').shape;
    if (String(broadcastShapes(shape, slopes)) !== String(shape)) {
      fail(`slopes ${shapeText(slopes)} are larger than the input ${shapeText(shape)}`);
    }
    return [{ shape: [...shape], dtype }];
  },
  countAlso: (_attributes, inputs, outputs) => pairCounts(inputs, outputs),
  prepare,
});
