import type { Activation } from '../../models/graph/attributes.ts';
import type { DType, TensorInfo } from '../../models/graph/graph.ts';
import { quantizeMultiplier } from './fixed-point.ts';
import { roundHalfAway } from '../../numbers.ts';
import { fail } from '../definition/operands.ts';

/** Scale and zero point of a tensor quantized as a whole; the scale as float32. */
export interface TensorScale {
  readonly scale: number;
  readonly zeroPoint: number;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

const RANGES: Partial<Record<DType, Range>> = {
  int8: { low: -128, high: 127 },
  uint8: { low: 0, high: 255 },
  int16: { low: -32768, high: 32767 },
  int32: { low: -(2 ** 31), high: 2 ** 31 - 1 },
};

/** Smallest and largest value of an integer type. Throws a SpecError for other types. */
export function integerRange(dtype: DType): Range {
  return RANGES[dtype] ?? fail(`integer arithmetic on ${dtype} is not written`);
}

function requireScales({ quantization, dtype }: TensorInfo, role: string): readonly number[] {
  const scales = quantization?.scales ?? [];
  if (scales.length === 0) return fail(`${role} is ${dtype} without a scale`);
  const wrong = scales.find((scale) => !(scale > 0 && Number.isFinite(scale)));
  return wrong === undefined ? scales : fail(`${role} has a scale of ${wrong}, needs to be above 0`);
}

/** Scale of a tensor quantized as a whole. Throws a SpecError where it has none or several. */
export function scaleOf(tensor: TensorInfo, role: string): TensorScale {
  const scales = requireScales(tensor, role);
  if (scales.length > 1) fail(`${role} has ${scales.length} scales, needs one for the whole tensor`);
  return { scale: Math.fround(scales[0]), zeroPoint: tensor.quantization!.zeroPoints[0] ?? 0 };
}

function quantizedBound(value: number, { scale, zeroPoint }: TensorScale): number {
  return zeroPoint + roundHalfAway(Math.fround(value / scale));
}

const UNBOUNDED: Range = { low: -3.4028234663852886e38, high: 3.4028234663852886e38 };
const FLOAT_BOUNDS: Partial<Record<Activation, Range>> = {
  RELU: { low: 0, high: 3.4028234663852886e38 },
  RELU_N1_TO_1: { low: -1, high: 1 },
  RELU6: { low: 0, high: 6 },
};

/** Bounds of a fused activation on real numbers; TANH and SIGN_BIT have none, for no kernel of TFLite fuses them. */
export function floatBounds(activation: Activation): Range {
  return FLOAT_BOUNDS[activation] ?? UNBOUNDED;
}

/** Bounds of a fused activation on stored values (TFLite kernel_util.cc, CalculateActivationRangeQuantized). */
export function quantizedBounds(activation: Activation, output: TensorInfo): Range {
  const range = integerRange(output.dtype);
  const real = floatBounds(activation);
  if (real === UNBOUNDED) return range;
  const scale = scaleOf(output, 'output');
  const low = Math.max(range.low, quantizedBound(real.low, scale));
  return activation === 'RELU'
    ? { low, high: range.high }
    : { low, high: Math.min(range.high, quantizedBound(real.high, scale)) };
}

/** Multiplier and shift of each output channel, and the zero point of the weights. */
export interface ChannelMultipliers {
  readonly q: Int32Array;
  readonly e: Int32Array;
  readonly weightZero: number;
}

function fillMultipliers(channels: number, factor: (channel: number) => number) {
  const q = new Int32Array(channels);
  const e = new Int32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const multiplier = quantizeMultiplier(factor(channel));
    q[channel] = multiplier.q;
    e[channel] = multiplier.e;
  }
  return { q, e };
}

/**
 * Multipliers in x weight / out of a convolution or dense op. Products of scales are double per channel; where the
 * weights have one scale and `floatProduct` (dense ops, and uint8), rounded to float32 first
 * (TFLite kernel_util.cc, PopulateConvolutionQuantizationParams and GetQuantizedConvolutionMultipler).
 */
export function channelMultipliers(
  input: TensorInfo,
  weights: TensorInfo,
  output: TensorInfo,
  channels: number,
  floatProduct: boolean,
): ChannelMultipliers {
  const scales = requireScales(weights, 'weights').map(Math.fround);
  const zeros = weights.quantization!.zeroPoints;
  if (scales.length !== 1 && scales.length !== channels) {
    fail(`weights have ${scales.length} scales for ${channels} output channels`);
  }
  if (zeros.some((zero) => zero !== (zeros[0] ?? 0))) fail('weights have zero points that differ by channel');
  const inScale = scaleOf(input, 'input').scale;
  const outScale = scaleOf(output, 'output').scale;
  const product =
    floatProduct && scales.length === 1
      ? () => Math.fround(inScale * scales[0])
      : (channel: number) => inScale * scales[scales.length === 1 ? 0 : channel];
  const multipliers = fillMultipliers(channels, (channel) => product(channel) / outScale);
  return { ...multipliers, weightZero: zeros[0] ?? 0 };
}
