import type { TensorInfo } from '../../models/graph/graph.ts';
import { clamp, mbqm, quantizeMultiplier, rdpot, roundHalfAway } from '../numbers/fixed-point.ts';
import { isQuantizedType, type Kernel, type Prepare } from '../definition/kernel.ts';
import { fail, operand } from '../definition/operands.ts';
import { integerRange, quantizedBounds, scaleOf } from '../numbers/quantization.ts';
import { mapFloat32, mapIntegers, requireSameType } from './unary.ts';

const { fround } = Math;

/** Float and integer arithmetic of a unary op, chosen by the type of its input. */
export function byType(
  input: TensorInfo,
  output: TensorInfo,
  float32: (x: number) => number,
  integer: () => (x: number) => number,
): Kernel {
  requireSameType(input, output);
  if (input.dtype === 'float32') return mapFloat32(input, float32);
  if (isQuantizedType(input.dtype)) return mapIntegers(input, integer());
  return fail(`arithmetic on ${input.dtype} is not written`);
}

/** max(x, 0); integers are rescaled from input to output (TFLM ReluQuantized). */
export const prepareRelu: Prepare<'RELU'> = (_attributes, inputs, [output]) => {
  const input = operand(inputs, 0, 'input');
  return byType(
    input,
    output,
    (x) => (x < 0 ? 0 : x),
    () => {
      const from = scaleOf(input, 'input');
      const to = scaleOf(output, 'output');
      const { q, e } = quantizeMultiplier(from.scale / to.scale);
      const { low, high } = quantizedBounds('RELU', output);
      return (x) => clamp(to.zeroPoint + mbqm(x - from.zeroPoint, q, e), low, high);
    },
  );
};

/** min(max(x, 0), 6); integers are clamped on the input's scale and not rescaled (TFLM Relu6Quantized). */
export const prepareRelu6: Prepare<'RELU6'> = (_attributes, inputs, [output]) => {
  const input = operand(inputs, 0, 'input');
  return byType(
    input,
    output,
    (x) => clamp(x, 0, 6),
    () => {
      const { scale, zeroPoint } = scaleOf(input, 'input');
      const range = integerRange(input.dtype);
      const six = clamp(roundHalfAway(fround(6 / scale)) + zeroPoint, range.low, range.high);
      return (x) => (x > six ? six : x < zeroPoint ? zeroPoint : x);
    },
  );
};

/** x, or alpha x below 0 (TFLite QuantizeLeakyRelu; scales multiply in single precision). */
export const prepareLeakyRelu: Prepare<'LEAKY_RELU'> = (attributes, inputs, [output]) => {
  const input = operand(inputs, 0, 'input');
  const alpha = fround(attributes.alpha);
  return byType(
    input,
    output,
    (x) => (x > 0 ? x : x * alpha),
    () => {
      const from = scaleOf(input, 'input');
      const to = scaleOf(output, 'output');
      const below = quantizeMultiplier(fround(fround(from.scale * alpha) / to.scale));
      const above = quantizeMultiplier(fround(from.scale / to.scale));
      const { low, high } = integerRange(output.dtype);
      return (stored) => {
        const x = stored - from.zeroPoint;
        const { q, e } = x >= 0 ? above : below;
        return clamp(to.zeroPoint + mbqm(x, q, e), low, high);
      };
    },
  );
};

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
export const prepareHardSwish: Prepare<'HARD_SWISH'> = (_attributes, inputs, [output]) => {
  const input = operand(inputs, 0, 'input');
  if (input.dtype === 'int16') fail('int16 has no arithmetic in TFLite either');
  const float32 = (x: number) => fround(fround(x * clamp(fround(x + 3), 0, 6)) / 6);
  return byType(input, output, float32, () => hardSwishInteger(input, output));
};
