import type { Activation } from '../../models/graph/attributes.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { mbqm, mbqmWide } from './fixed-point.ts';
import { clamp } from '../../numbers.ts';
import type { NumericData } from '../definition/kernel.ts';
import { fail, operand, type Operands } from '../definition/operands.ts';
import { channelMultipliers, quantizedBounds, scaleOf } from './quantization.ts';

/** From accumulators to stored outputs: per-channel multiplier, zero point, bounds; and the zero points of both operands. */
export interface Rescale {
  readonly q: Int32Array;
  readonly e: Int32Array;
  readonly inputZero: number;
  readonly weightZero: number;
  readonly outputZero: number;
  readonly low: number;
  readonly high: number;
  /** Accumulators of more than 32 bits: 16-bit activations without a 32-bit bias. */
  readonly wide: boolean;
}

/** Tensors of a convolution or dense op. */
export interface WeightedOp {
  readonly input: TensorInfo;
  readonly weights: TensorInfo;
  readonly bias: TensorInfo | undefined;
  readonly output: TensorInfo;
}

const WEIGHT_TYPES: Partial<Record<string, string>> = { int8: 'int8', uint8: 'uint8', int16: 'int8' };

/** Throws a SpecError where the types of the operands are none that TFLite's integer kernels pair. */
export function checkWeightedTypes({ input, weights, output }: WeightedOp): void {
  const weightType = weights.dtype === 'int4' && input.dtype === 'int8' ? 'int8' : weights.dtype;
  if (WEIGHT_TYPES[input.dtype] === weightType && output.dtype === input.dtype) return;
  fail(`${input.dtype} input, ${weights.dtype} weights and ${output.dtype} output have no arithmetic`);
}

/** Input, weights and bias at their usual positions, and the output. Throws a SpecError where input or weights are absent. */
export function weightedOperands(inputs: Operands, output: TensorInfo): WeightedOp {
  const [input, weights] = [operand(inputs, 0, 'input'), operand(inputs, 1, 'weights')];
  return { input, weights, bias: inputs[2], output };
}

/**
 * The rescaling of a quantized op with weights. `floatProduct`: the product of the scales is rounded to float32 first
 * (dense ops); uint8 always does so.
 */
export function prepareRescale(
  op: WeightedOp,
  channels: number,
  activation: Activation,
  floatProduct: boolean,
): Rescale {
  checkWeightedTypes(op);
  const { input, weights, bias, output } = op;
  const isUint8 = input.dtype === 'uint8';
  const wide = input.dtype === 'int16' && bias?.dtype !== 'int32';
  return {
    ...channelMultipliers(input, weights, output, channels, floatProduct || isUint8),
    inputZero: scaleOf(input, 'input').zeroPoint,
    outputZero: scaleOf(output, 'output').zeroPoint,
    ...quantizedBounds(activation, output),
    wide,
  };
}

/** Stored output of one accumulator. */
export function rescale(r: Rescale, accumulator: number, channel: number): number {
  const scaled = r.wide
    ? mbqmWide(accumulator, r.q[channel], r.e[channel])
    : mbqm(accumulator | 0, r.q[channel], r.e[channel]);
  return clamp(scaled + r.outputZero, r.low, r.high);
}

/** Bias by channel; 0 where it is absent (undefined, or an empty array). 64-bit biases come as BigInts. */
export function biasAt(bias: NumericData | undefined, channel: number): number {
  return bias === undefined || bias.length === 0 ? 0 : Number(bias[channel]);
}
