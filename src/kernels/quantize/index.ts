import type { Site } from '../../models/formats/tflite/op-versions.ts';
import { elementCounts } from '../definition/dense-counts.ts';
import { elementCount, tensorBytes, type TensorInfo } from '../../models/graph/graph.ts';
import { fail, operand } from '../definition/operands.ts';
import { estimate, perElement } from '../definition/tflm.ts';
import { isPerChannel } from '../definition/version-rules.ts';
import { defineUnary, mapFloat32, mapIntegers, rescaled } from '../elementwise/unary.ts';
import { clamp, roundHalfAway } from '../../numbers.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';

function quantizeVersion({ outputs }: Site): number | undefined {
  if (isPerChannel(outputs[0])) return 3;
  return outputs[0].dtype === 'int16' ? 2 : undefined;
}

const REQUANTIZED = estimate(
  { elements: 5, rescaled: 45, '1': 56 },
  'int8 to int8 (50 an element, counted); uint8 and int8 of one scale differ by one exclusive or',
);

/** Elements that go through a multiplier: none where uint8 and int8 share a scale and lie 128 apart (TFLite requantize.h). */
function rescaledElements(input: TensorInfo, output: TensorInfo): number {
  const [from, to] = [input.quantization, output.quantization];
  const isPicture = `${input.dtype} ${output.dtype}`;
  const shift = { 'uint8 int8': 128, 'int8 uint8': -128 }[isPicture];
  const moved = (from?.zeroPoints[0] ?? 0) - (to?.zeroPoints[0] ?? 0);
  return shift === moved && from?.scales[0] === to?.scales[0] ? 0 : elementCount(output.shape);
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
  // Until 2021 uint8 was an output only (r2.4 micro/kernels/quantize.cc).
  tflm: {
    oldTypes: ['float32', 'int8', 'int16'],
    // quantize_common.cc, Eval.
    limits: {
      types: [
        'float32|int32 -> int8|int16',
        'int16 -> int8|int16|int32',
        'int8 -> int8|uint8|int16|int32',
        'uint8 -> int8',
      ],
    },
  },
  kmodel: { lowering: 'nothing' },
  estimates: {
    float32: perElement(18, 'float32 to int8 on a double-precision unit (18 an element, counted)'),
    int8: REQUANTIZED,
    uint8: REQUANTIZED,
    int16: REQUANTIZED,
    int32: REQUANTIZED,
  },
  count(_attributes, inputs, [output]) {
    const input = operand(inputs, 0, 'input');
    const [inputElements, outputElements] = [elementCount(input.shape), elementCount(output.shape)];
    const bytes = { inputBytes: tensorBytes(input), outputBytes: tensorBytes(output) };
    const counts = elementCounts({ inputElements, outputElements, ...bytes });
    return { counts: { ...counts, rescaled: rescaledElements(input, output) } };
  },
  prepare(_attributes, inputs, [output]) {
    const input = operand(inputs, 0, 'input');
    if (input.dtype !== 'float32') return mapIntegers(input, rescaled(input, output, Number));
    const { scale, zeroPoint } = scaleOf(output, 'output');
    const { low, high } = integerRange(output.dtype);
    return mapFloat32(input, (x) => clamp(roundHalfAway(Math.fround(x / scale)) + zeroPoint, low, high));
  },
});

const DEQUANTIZED = perElement(12, 'int8 to float32 on a double-precision unit (12 an element, counted)');

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
  tflm: { limits: { types: ['int8|uint8|int16 -> float32'] } },
  kmodel: { lowering: 'nothing' },
  estimates: { int8: DEQUANTIZED, uint8: DEQUANTIZED, int16: DEQUANTIZED },
  prepare(_attributes, inputs, [output]) {
    const input = operand(inputs, 0, 'input');
    if (output.dtype !== 'float32') fail(`output is ${output.dtype}, needs float32`);
    const { scale, zeroPoint } = scaleOf(input, 'input');
    integerRange(input.dtype);
    return mapFloat32(input, (x) => scale * (x - zeroPoint));
  },
});
