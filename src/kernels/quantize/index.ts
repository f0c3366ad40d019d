import type { Site } from '../../models/formats/tflite/op-versions.ts';
import { fail, operand } from '../definition/operands.ts';
import { perElement, SINCE_2020 } from '../definition/tflm.ts';
import { isPerChannel } from '../definition/version-rules.ts';
import { defineUnary, mapFloat32, mapIntegers, rescaled } from '../elementwise/unary.ts';
import { clamp, roundHalfAway } from '../../numbers.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';

function quantizeVersion({ outputs }: Site): number | undefined {
  if (isPerChannel(outputs[0])) return 3;
  return outputs[0].dtype === 'int16' ? 2 : undefined;
}

/**
 * float32 to integers, halves away from zero; integers to integers of another scale or type (TFLite Requantize). int8, as
 * the converter writes; the operator's attributes do not hold the type, the file's output tensor does.
 */
export const quantize = defineUnary({
  type: 'QUANTIZE',
  tflite: {
    options: 'QuantizeOptions',
    versions: { runtimes: '1.14.0 1.15.0 2.7.0', rule: quantizeVersion },
  },
  dtype: 'int8',
  quantization: { isConversion: true },
  tflm: SINCE_2020,
  kmodel: { lowering: 'nothing' },
  estimates: {
    float32: perElement(35, 'the output stage of int8 kernels (35 to 60 an output)'),
    int8: perElement(45, 'the output stage of int8 kernels (35 to 60 an output)'),
  },
  prepare(_attributes, inputs, [output]) {
    const input = operand(inputs, 0, 'input');
    if (input.dtype !== 'float32') return mapIntegers(input, rescaled(input, output, Number));
    const { scale, zeroPoint } = scaleOf(output, 'output');
    const { low, high } = integerRange(output.dtype);
    return mapFloat32(input, (x) => clamp(roundHalfAway(Math.fround(x / scale)) + zeroPoint, low, high));
  },
});

/** scale x (stored - zero point). */
export const dequantize = defineUnary({
  type: 'DEQUANTIZE',
  tflite: {
    options: 'DequantizeOptions',
    versions: {
      runtimes: '1.13.1 1.14.0 1.15.0 2.2.0 2.7.0',
      types: { int8: 2, int16: 3, float16: 3, int4: 6 },
      rule: ({ inputs }: Site) => (inputs[0]?.dtype === 'int8' && isPerChannel(inputs[0]) ? 5 : undefined),
    },
  },
  dtype: 'float32',
  quantization: { isConversion: true },
  tflm: SINCE_2020,
  kmodel: { lowering: 'nothing' },
  estimates: { int8: perElement(10, 'float add (13) less one load') },
  prepare(_attributes, inputs, [output]) {
    const input = operand(inputs, 0, 'input');
    if (output.dtype !== 'float32') fail(`output is ${output.dtype}, needs float32`);
    const { scale, zeroPoint } = scaleOf(input, 'input');
    integerRange(input.dtype);
    return mapFloat32(input, (x) => scale * (x - zeroPoint));
  },
});
