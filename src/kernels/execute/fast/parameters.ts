import type { QuantizedMultiplier } from '../../numbers/fixed-point.ts';
import type { Activation } from '../../../models/graph/attributes.ts';
import type { NumericData } from '../../definition/kernel.ts';
import { floatBounds } from '../../numbers/quantization.ts';
import type { Rescale } from '../../numbers/rescale.ts';

/** First fields of a parameter block: output zero point and bounds. */
export type BlockBounds = readonly [zero: number, low: number, high: number];

/** Channels that a fast kernel computes at a time. */
export const GROUP = 8;

/** 2^left shift, multiplier, rounding half and 2^(31 - right shift): what the module's `rescale` takes. */
export function rescaleFields({ q, e }: QuantizedMultiplier): number[] {
  const right = Math.max(0, -e);
  const left = e > 31 ? 0 : 1 << Math.max(0, e);
  return [left, q, right > 0 ? 2 ** (right - 1) : 0, 2 ** (31 - right)];
}

/** float32 weights as [group][tap][channel], zero where there is none. */
export function packFloatWeights(
  channels: number,
  taps: number,
  weightAt: (channel: number, tap: number) => number,
): Float32Array {
  const packed = new Float32Array(Math.ceil(channels / GROUP) * GROUP * taps);
  for (let channel = 0; channel < channels; channel++) {
    const group = Math.floor(channel / GROUP) * taps * GROUP + (channel % GROUP);
    for (let tap = 0; tap < taps; tap++) packed[group + tap * GROUP] = weightAt(channel, tap);
  }
  return packed;
}

/** Biases padded to whole groups. */
export function padBias(bias: NumericData, channels: number): Float32Array {
  const padded = new Float32Array(Math.ceil(channels / GROUP) * GROUP);
  padded.set(bias);
  return padded;
}

/** Bounds of a fused activation on float32, as the bits that a parameter block holds. */
export function floatBoundBits(activation: Activation): BlockBounds {
  const { low, high } = floatBounds(activation);
  const [zero, lowBits, highBits] = floatBits(0, low, high);
  return [zero, lowBits, highBits];
}

/** float32 values as the bits that a parameter block holds. */
export function floatBits(...values: number[]): number[] {
  return [...new Int32Array(Float32Array.from(values).buffer)];
}

/** Bounds of stored bytes as a parameter block holds them, each four times. */
export function byteBounds({
  outputZero,
  low,
  high,
}: Pick<Rescale, 'outputZero' | 'low' | 'high'>): BlockBounds {
  return [outputZero, Math.imul(low & 0xff, 0x01010101), Math.imul(high & 0xff, 0x01010101)];
}
