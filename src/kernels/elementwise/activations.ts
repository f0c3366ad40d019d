import { FINITE } from '../../models/formats/tflite/codecs.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { countedAtO2, FLOAT_OR_INTEGERS, WITH_UINT8 } from '../definition/tflm.ts';
import { INT8_INT16 } from '../definition/version-rules.ts';
import { fail, operand } from '../definition/operands.ts';
import { mbqm, quantizeMultiplier, rdpot } from '../numbers/fixed-point.ts';
import { clamp, roundHalfAway } from '../../numbers.ts';
import { integerRange, quantizedBounds, scaleOf } from '../numbers/quantization.ts';
import { byType, defineUnary, rescaled, unaryArithmetic } from './unary.ts';

const { fround } = Math;
const FUSE = { instead: 'put it directly behind a convolution, where it is fused' };

/** max(x, 0); integers are rescaled from input to output (TFLM ReluQuantized). */
export const relu = defineUnary({
  type: 'RELU',
  tflite: { versions: { runtimes: '1.5.0 2.1.0 2.5.0', types: { int8: 2, uint8: 2, int16: 3 } } },
  tflm: { limits: { types: FLOAT_OR_INTEGERS }, oldTypes: WITH_UINT8 },
  kmodel: FUSE,
  estimates: countedAtO2('relu', 9, 55),
  prepare: unaryArithmetic(
    (x) => (x < 0 ? 0 : x),
    (input, output) => rescaled(input, output, Number, quantizedBounds('RELU', output)),
  ),
});

/** min(max(x, 0), 6); integers are clamped on the input's scale and not rescaled (TFLM Relu6Quantized). */
export const relu6 = defineUnary({
  type: 'RELU6',
  tflite: { versions: { runtimes: '1.5.0 1.14.0 2.5.0', types: INT8_INT16 } },
  tflm: { limits: { types: FLOAT_OR_INTEGERS }, oldTypes: WITH_UINT8 },
  kmodel: FUSE,
  estimates: countedAtO2('relu6', 11.5, 13.8),
  prepare: unaryArithmetic((x) => clamp(x, 0, 6), relu6Integer),
});

function relu6Integer(input: TensorInfo): (x: number) => number {
  const { scale, zeroPoint } = scaleOf(input, 'input');
  const range = integerRange(input.dtype);
  const six = clamp(roundHalfAway(fround(6 / scale)) + zeroPoint, range.low, range.high);
  return (x) => (x > six ? six : x < zeroPoint ? zeroPoint : x);
}

/**
 * x, or alpha x below 0 (TFLM leaky_relu_common.cc). Scales multiply in double precision as in TensorFlow Lite Micro of
 * October 2026; until then in single precision, which moves some results of 16 bits by a step.
 */
export const leakyRelu = defineUnary({
  type: 'LEAKY_RELU',
  tflite: {
    options: 'LeakyReluOptions',
    fields: { alpha: ['alpha', FINITE] },
    versions: { runtimes: '1.13.1 2.3.0', types: { int16: 2 } },
  },
  tflm: { limits: { types: FLOAT_OR_INTEGERS } },
  kmodel: FUSE,
  estimates: countedAtO2('leaky_relu', 9, 59),
  prepare(attributes, inputs, [output]) {
    const input = operand(inputs, 0, 'input');
    const alpha = fround(attributes.alpha);
    const float32 = (x: number) => (x > 0 ? x : x * alpha);
    return byType(input, output, float32, () => leakyReluInteger(input, output, alpha));
  },
});

function leakyReluInteger(input: TensorInfo, output: TensorInfo, alpha: number): (x: number) => number {
  const from = scaleOf(input, 'input');
  const to = scaleOf(output, 'output');
  const below = quantizeMultiplier((from.scale * alpha) / to.scale);
  const above = quantizeMultiplier(from.scale / to.scale);
  const { low, high } = integerRange(output.dtype);
  return (stored) => {
    const x = stored - from.zeroPoint;
    const { q, e } = x >= 0 ? above : below;
    return clamp(to.zeroPoint + mbqm(x, q, e), low, high);
  };
}

function saturate16(x: number): number {
  return clamp(x, -32768, 32767);
}

/** 16-bit saturating rounding doubling high multiply (gemmlowp). */
function srdhm16(a: number, b: number): number {
  if (a === -32768 && b === -32768) return 32767;
  const product = a * b;
  return Math.trunc((product + (product >= 0 ? 2 ** 14 : 1 - 2 ** 14)) / 2 ** 15);
}

/** The upper 16 bits of an int32 multiplier, rounded (TFLite DownScaleInt32ToInt16Multiplier). */
function upper16(q: number): number {
  return q >= 0x7fff8000 ? 32767 : (q + 0x8000) >> 16;
}

function hardSwishInteger(input: TensorInfo, output: TensorInfo): (x: number) => number {
  const from = scaleOf(input, 'input');
  const to = scaleOf(output, 'output');
  const fine = fround(fround(1 / 128) * from.scale);
  const gain = quantizeMultiplier(fround(fine / to.scale));
  const slope = quantizeMultiplier(fround(fine / fround(3 / 32768)));
  if (gain.e > 0) fail('the output scale is more than 128 times finer than the input scale');
  const { low, high } = integerRange(output.dtype);
  return (stored) => {
    const x = (stored - from.zeroPoint) * 128;
    let share = slope.e > 0 ? saturate16(x * 2 ** (slope.e - 1)) : x;
    share = srdhm16(share, upper16(slope.q));
    if (slope.e > 0) share = saturate16(share * 2);
    if (slope.e < 0) share = rdpot(share, -slope.e);
    share = (share + 32768) >> 1;
    const scaled = srdhm16(x, upper16(gain.q));
    const product = Math.trunc((share * scaled) / 2 ** 15);
    return clamp(saturate16(rdpot(product, -gain.e) + to.zeroPoint), low, high);
  };
}

/** x min(max(x + 3, 0), 6) / 6; 8-bit integers in 16-bit fixed point (TFLite reference_ops HardSwish). */
export const hardSwish = defineUnary({
  type: 'HARD_SWISH',
  tflite: { options: 'HardSwishOptions', versions: { runtimes: '1.15.0' } },
  tflm: {
    limits: { types: ['float32 -> float32', 'int8 -> int8'] },
    oldTypes: WITH_UINT8,
  },
  kmodel: { instead: 'use RELU6' },
  estimates: countedAtO2('hard_swish', 13.6, 104),
  prepare(_attributes, inputs, [output]) {
    const input = operand(inputs, 0, 'input');
    if (input.dtype === 'int16') fail('int16 has no arithmetic in TFLite either');
    const float32 = (x: number) => fround(fround(x * clamp(fround(x + 3), 0, 6)) / 6);
    return byType(input, output, float32, () => hardSwishInteger(input, output));
  },
});
