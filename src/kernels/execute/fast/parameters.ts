import type { QuantizedMultiplier } from '../../numbers/fixed-point.ts';
import type { Activation } from '../../../models/graph/attributes.ts';
import type { NumericData } from '../../definition/kernel.ts';
import { floatBounds } from '../../numbers/quantization.ts';
import { biasAt, type Rescale } from '../../numbers/rescale.ts';

/** Channels that a fast kernel computes at a time. */
export const GROUP = 8;

/** 2^left shift, multiplier, rounding half and 2^(31 - right shift): what the module's `rescale` takes. */
export function rescaleFields({ q, e }: QuantizedMultiplier): number[] {
  const right = Math.max(0, -e);
  const left = e > 31 ? 0 : 1 << Math.max(0, e);
  return [left, q, right > 0 ? 2 ** (right - 1) : 0, 2 ** (31 - right)];
}

/** Constants of all channels in groups of eight: bias, then the fields of `rescaleFields`, eight values each. */
export function channelConstants(r: Rescale, bias: NumericData, channels: number): Int32Array {
  const groups = Math.ceil(channels / GROUP);
  const constants = new Int32Array(groups * GROUP * 5);
  for (let channel = 0; channel < channels; channel++) {
    const base = Math.floor(channel / GROUP) * GROUP * 5 + (channel % GROUP);
    const fields = [biasAt(bias, channel), ...rescaleFields({ q: r.q[channel], e: r.e[channel] })];
    fields.forEach((value, index) => (constants[base + index * GROUP] = value));
  }
  return constants;
}

/**
 * Weights as int16 pairs [group][pair][channel][2], zero where there is none: `weightAt(channel, tap)` gives a stored
 * weight.
 */
export function packWeights(
  channels: number,
  taps: number,
  weightZero: number,
  weightAt: (channel: number, tap: number) => number,
): Int16Array {
  const pairs = Math.ceil(taps / 2);
  const packed = new Int16Array(Math.ceil(channels / GROUP) * GROUP * pairs * 2);
  for (let channel = 0; channel < channels; channel++) {
    const group = Math.floor(channel / GROUP) * pairs * GROUP * 2;
    for (let tap = 0; tap < taps; tap++) {
      const at = group + ((tap >> 1) * GROUP + (channel % GROUP)) * 2 + (tap & 1);
      packed[at] = weightAt(channel, tap) - weightZero;
    }
  }
  return packed;
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
export function floatBoundBits(activation: Activation): [zero: number, low: number, high: number] {
  const { low, high } = floatBounds(activation);
  const bits = new Int32Array(Float32Array.of(0, low, high).buffer);
  return [bits[0], bits[1], bits[2]];
}
