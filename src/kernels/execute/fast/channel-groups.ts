import { GROUP_FIELDS, planGroup, type ChannelOp } from './channel-plan.ts';
import { GROUP } from './parameters.ts';

/** Weights in groups of eight channels as a kernel multiplies them, and the constants of each group. */
export interface ChannelGroups {
  readonly packed: Int16Array;
  readonly constants: Int32Array;
}

/** Puts one channel's weights, multiplied by 2^lift, to its places in the group's. */
type PackChannel = (op: ChannelOp, channel: number, lift: number, to: Int16Array) => void;

/** [pair][channel][2], for products that are summed in pairs. */
const packPairs: PackChannel = (op, channel, lift, to) => {
  const { weights, taps } = op;
  const { weightZero } = op.rescale;
  const first = channel * op.channelStride;
  const base = (channel % GROUP) * 2;
  for (let tap = 0; tap < taps.length; tap++) {
    to[base + (tap >> 1) * GROUP * 2 + (tap & 1)] = (weights[first + taps[tap]] - weightZero) << lift;
  }
};

/** [tap][channel], for products of int16. */
const packTaps: PackChannel = (op, channel, _lift, to) => {
  const { weights, taps } = op;
  const first = channel * op.channelStride;
  const base = channel % GROUP;
  for (let tap = 0; tap < taps.length; tap++) {
    to[base + tap * GROUP] = weights[first + taps[tap]] - op.rescale.weightZero;
  }
};

/** The weights' groups one behind the other, each of `elements`; zero where there is no channel. */
export function packChannels(op: ChannelOp, elements: number): ChannelGroups {
  const groups = Math.ceil(op.channels / GROUP);
  const packed = new Int16Array(groups * elements);
  const constants = new Int32Array(groups * GROUP_FIELDS);
  const pack = op.lifted === 'weights' ? packPairs : packTaps;
  for (let group = 0; group < groups; group++) {
    const { lifts, fields } = planGroup(op, group * GROUP);
    constants.set(fields, group * GROUP_FIELDS);
    const weights = packed.subarray(group * elements);
    lifts.forEach((lift, at) => pack(op, group * GROUP + at, lift, weights));
  }
  return { packed, constants };
}

/** Whether int16 holds each sum of the products of two taps that follow each other, whatever int8 comes in. */
export function sumsInPairs({ channels, channelStride, weights, taps, rescale }: ChannelOp): boolean {
  const magnitude = (channel: number, tap: number) =>
    tap < taps.length ? Math.abs(weights[channel * channelStride + taps[tap]] - rescale.weightZero) : 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let tap = 0; tap < taps.length; tap += 2) {
      if (magnitude(channel, tap) + magnitude(channel, tap + 1) > 255) return false;
    }
  }
  return true;
}
