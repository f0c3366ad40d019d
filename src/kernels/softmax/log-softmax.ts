import { byRow, LAST_DIMENSION } from './last-dimension.ts';
import { byInput, type Prepare } from '../definition/kernel.ts';
import type { KernelCall } from '../definition/kernel-limits.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand } from '../definition/operands.ts';
import { estimate } from '../definition/tflm.ts';
import { INT8 } from '../definition/version-rules.ts';
import { fixedLog } from '../numbers/fixed-log.ts';
import { expOnNegativeValues } from '../numbers/fixed-point-functions.ts';
import { mbqm, quantizeMultiplier, rdpot } from '../numbers/fixed-point.ts';
import { scaleOf } from '../numbers/quantization.ts';
import { clamp } from '../../numbers.ts';

const { fround } = Math;
/** Integer bits of the scaled difference (Q5.26), of the sum of exponentials (Q12.19) and of the output. */
const DIFFERENCE_BITS = 5;
const SUM_BITS = 12;
const OUTPUT_BITS = 4;
/** Scale and zero point of the output, which [-16, 0] is mapped to. */
const OUTPUT = { scale: 16 / 256, zeroPoint: 127 };

/** x - max - log of the sum of exponentials, rows of the last dimension, in single precision. */
const prepareFloat32: Prepare = (_attributes, inputs) =>
  byRow(inputs, (length) => (input, out, row, max) => {
    let sum = 0;
    for (let c = 0; c < length; c++) sum = fround(sum + fround(Math.exp(fround(input[row + c] - max))));
    const log = fround(Math.log(sum));
    for (let c = 0; c < length; c++) out[row + c] = fround(fround(input[row + c] - max) - log);
  });

/** Differences to the maximum in Q5.26 and their exponentials in Q12.19, 0..-255; none below the radius. */
function tabulate(scale: number) {
  const { q, e } = quantizeMultiplier(Math.min(scale * 2 ** (31 - DIFFERENCE_BITS), 2 ** 31 - 1));
  if (e < 0) fail(`a scale of ${scale} is too small for integer log softmax`);
  const radius = Math.floor(((1 << DIFFERENCE_BITS) - 1) * 2 ** (31 - DIFFERENCE_BITS - e));
  const differences = Int32Array.from({ length: 256 }, (_, at) => (at <= radius ? mbqm(-at, q, e) : 0));
  const exponentials = differences.map((difference, at) =>
    at <= radius ? rdpot(expOnNegativeValues(difference, DIFFERENCE_BITS), SUM_BITS) : 0,
  );
  // Back from Q5.26 to steps of the input.
  const reverse = quantizeMultiplier(2 ** (31 - e) / q);
  return { radius, differences, exponentials, reverse };
}

/** In gemmlowp's fixed point (TFLite integer_ops/log_softmax.h). */
const prepareInteger: Prepare = (_attributes, inputs) => {
  const { scale } = scaleOf(operand(inputs, 0, 'input'), 'input');
  const { radius, differences, exponentials, reverse } = tabulate(scale);
  const shift = 31 - DIFFERENCE_BITS - OUTPUT_BITS;
  return byRow(inputs, (length) => (input, out, row, max) => {
    let sum = 0;
    for (let c = 0; c < length; c++) sum = (sum + exponentials[max - input[row + c]]) | 0;
    const log = fixedLog(sum, SUM_BITS);
    const reach = Math.max(-radius - 1, mbqm((log - 2 ** 31) | 0, reverse.q, reverse.e));
    for (let c = 0; c < length; c++) {
      const below = max - input[row + c];
      const value = rdpot((differences[below] - log) | 0, shift) + OUTPUT.zeroPoint;
      out[row + c] = -below > reach ? clamp(value, -128, 127) : -128;
    }
  });
};

function otherOutput({ outputs: [output] }: KernelCall): string | undefined {
  if (output?.dtype !== 'int8' || output.quantization === undefined) return undefined;
  const { scales, zeroPoints } = output.quantization;
  if (scales[0] === OUTPUT.scale && zeroPoints[0] === OUTPUT.zeroPoint) return undefined;
  return `int8 output of scale ${scales[0]} and zero point ${zeroPoints[0]}; it takes 1/16 and 127`;
}

/** Over the last dimension; the others are rows. */
export const logSoftmax = defineOp({
  type: 'LOG_SOFTMAX',
  tflite: { options: 'LogSoftmaxOptions', versions: { runtimes: '1.14.0 1.14.0', types: INT8 } },
  quantization: { output: { scales: [OUTPUT.scale], zeroPoints: [OUTPUT.zeroPoint], axis: 0 } },
  tflm: { limits: { types: ['float32 -> float32', 'int8 -> int8'], check: otherOutput } },
  estimates: {
    float32: estimate(
      { outputs: 54, rows: 53, '1': 182 },
      'float log_softmax at GCC -O2 (54 an element, counted)',
    ),
    int8: estimate(
      { outputs: 346, rows: 562, '1': 211 },
      'int8 log_softmax at GCC -O2 (346 an element, counted)',
    ),
  },
  ...LAST_DIMENSION,
  prepare: byInput(0, prepareFloat32, prepareInteger),
});
