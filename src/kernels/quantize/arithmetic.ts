import type { TensorInfo } from '../../models/graph/graph.ts';
import { clamp, mbqm, quantizeMultiplier, roundHalfAway } from '../numbers/fixed-point.ts';
import type { Kernel, Prepare } from '../definition/kernel.ts';
import { fail, operand } from '../definition/operands.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';
import { mapFloat32, mapIntegers } from '../elementwise/unary.ts';

function requantize(input: TensorInfo, output: TensorInfo): Kernel {
  const from = scaleOf(input, 'input');
  const to = scaleOf(output, 'output');
  const { low, high } = integerRange(output.dtype);
  const { q, e } = quantizeMultiplier(from.scale / to.scale);
  return mapIntegers(input, (x) => clamp(mbqm(x - from.zeroPoint, q, e) + to.zeroPoint, low, high));
}

/** float32 to integers, halves away from zero; integers to integers of another scale or type (TFLite Requantize). */
export const prepareQuantize: Prepare<'QUANTIZE'> = (_attributes, inputs, [output]) => {
  const input = operand(inputs, 0, 'input');
  if (input.dtype !== 'float32') return requantize(input, output);
  const { scale, zeroPoint } = scaleOf(output, 'output');
  const { low, high } = integerRange(output.dtype);
  return mapFloat32(input, (x) => clamp(roundHalfAway(Math.fround(x / scale)) + zeroPoint, low, high));
};

/** scale x (stored - zero point). */
export const prepareDequantize: Prepare<'DEQUANTIZE'> = (_attributes, inputs, [output]) => {
  const input = operand(inputs, 0, 'input');
  if (output.dtype !== 'float32') fail(`output is ${output.dtype}, needs float32`);
  const { scale, zeroPoint } = scaleOf(input, 'input');
  integerRange(input.dtype);
  return mapFloat32(input, (x) => scale * (x - zeroPoint));
};
