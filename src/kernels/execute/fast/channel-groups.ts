import type { NumericData } from '../../definition/kernel.ts';
import { biasAt, type Rescale } from '../../numbers/rescale.ts';
import { GROUP, rescaleFields } from './parameters.ts';

/** An int8 op with weights, as its channels see it. */
export interface ChannelOp {
  readonly rescale: Rescale;
  readonly bias: NumericData;
  readonly channels: number;
  readonly taps: number;
  readonly weights: Int8Array;
  /** Elements from one channel's weights to the next, and from one tap's. */
  readonly strides: { readonly channel: number; readonly tap: number };
}

/** What one channel's weights can come to. */
interface ChannelBounds {
  readonly sum: number;
  /** Largest magnitude of one weight, and of the accumulator. */
  readonly weight: number;
  readonly accumulator: number;
}

/** How eight channels are rescaled: by one shift of R - 1 bits where each is multiplied by 2^lift before, else as it stands. */
interface GroupPlan {
  readonly shift: number;
  readonly lifts: readonly number[];
}

/** Fields of a group's constants, of which the last hold for one way only: see wasm/requantize.as. */
const GROUP_FIELDS = 4 + 5 * GROUP;
/** Zero points in the place of the rounded bits leave room below 2^31 up to this. */
const LARGEST_R = 22;
const INT16_MAX = 2 ** 15 - 1;

function boundChannel(op: ChannelOp, channel: number): ChannelBounds {
  const { inputZero, weightZero } = op.rescale;
  const { weights, strides } = op;
  let above = 0;
  let below = 0;
  let weight = 0;
  let from = channel * strides.channel;
  for (let tap = 0; tap < op.taps; tap++, from += strides.tap) {
    const value = weights[from] - weightZero;
    if (value > 0) above += value;
    else below += value;
    weight = Math.max(weight, Math.abs(value));
  }
  const high = Math.max(0, 127 - inputZero);
  const low = Math.min(0, -128 - inputZero);
  const bias = biasAt(op.bias, channel);
  const accumulator = Math.max(
    Math.abs(bias + above * high + below * low),
    Math.abs(bias + above * low + below * high),
  );
  return { sum: above + below, weight, accumulator };
}

/** Whether the channel gives its zero point whatever comes in: less than a quarter of a step. */
function isSilent(r: Rescale, channel: number, { accumulator }: ChannelBounds): boolean {
  const [q, e] = [r.q[channel], r.e[channel]];
  return q === 0 || (e <= -2 && accumulator * q * 2 ** (e - 31) < 0.25);
}

function planGroup(r: Rescale, bounds: readonly ChannelBounds[], first: number): GroupPlan {
  const loud = bounds.flatMap((bound, at) => (isSilent(r, first + at, bound) ? [] : [at]));
  const shared = Math.max(0, ...loud.map((at) => -r.e[first + at])) + 2;
  const lifts = bounds.map((_, at) => (loud.includes(at) ? shared + r.e[first + at] : 0));
  const fits = loud.every((at) => {
    const lift = 2 ** lifts[at];
    const { weight, accumulator } = bounds[at];
    return r.q[first + at] > 0 && weight * lift <= INT16_MAX && accumulator * lift < 2 ** 31;
  });
  if (fits && shared <= LARGEST_R) return { shift: shared - 1, lifts };
  return { shift: -1, lifts: bounds.map(() => 0) };
}

/** The bias with the input's zero point in it, wrapped to 32 bits. */
function foldedBias(op: ChannelOp, channel: number, sum: number): number {
  return (biasAt(op.bias, channel) - Math.imul(op.rescale.inputZero, sum)) | 0;
}

/** q, and what is added to the upper word of the product: the halves of both roundings and the zero point. */
function shiftedFields(r: Rescale, channel: number, { shift, lifts }: GroupPlan, at: number): number[] {
  const zero = r.outputZero * 2 ** shift;
  const [q, e] = [r.q[channel], r.e[channel]];
  if (lifts[at] === 0) return [0, 2 ** (shift - 1) + zero, 0];
  if (e >= 0) return [q, 2 ** (shift - 1) + zero, 0];
  return [q, 2 ** (shift - 1) + 2 ** (lifts[at] - 2) + zero, -(2 ** (lifts[at] - 1))];
}

function groupFields(r: Rescale, channel: number, plan: GroupPlan, at: number): number[] {
  if (plan.shift >= 0) return shiftedFields(r, channel, plan, at);
  const [left, q, half, scale] = rescaleFields({ q: r.q[channel], e: r.e[channel] });
  return [q, left, half, scale];
}

/** Weights as int16 pairs [pair][channel][2] of one channel of a group, multiplied by 2^lift. */
function packChannel(op: ChannelOp, channel: number, lift: number, to: Int16Array): void {
  const { weights, strides, taps } = op;
  const { weightZero } = op.rescale;
  let from = channel * strides.channel;
  let at = (channel % GROUP) * 2;
  for (let tap = 0; tap < taps; tap += 2, at += GROUP * 2) {
    to[at] = (weights[from] - weightZero) << lift;
    if (tap + 1 < taps) to[at + 1] = (weights[from + strides.tap] - weightZero) << lift;
    from += 2 * strides.tap;
  }
}

/** Weights as [group][pair][channel][2], and the constants of each group; zero where there is no channel. */
export function packChannels(op: ChannelOp, pairs: number): { packed: Int16Array; constants: Int32Array } {
  const { rescale: r, channels } = op;
  const groups = Math.ceil(channels / GROUP);
  const packed = new Int16Array(groups * GROUP * pairs * 2);
  const constants = new Int32Array(groups * GROUP_FIELDS);
  for (let first = 0; first < channels; first += GROUP) {
    const bounds = Array.from({ length: Math.min(GROUP, channels - first) }, (_, at) =>
      boundChannel(op, first + at),
    );
    const plan = planGroup(r, bounds, first);
    const fields = constants.subarray((first / GROUP) * GROUP_FIELDS);
    fields[0] = plan.shift;
    const weights = packed.subarray(first * pairs * 2);
    bounds.forEach(({ sum }, at) => {
      const lift = plan.lifts[at];
      const values = [foldedBias(op, first + at, sum) << lift, ...groupFields(r, first + at, plan, at)];
      values.forEach((value, index) => (fields[4 + at + index * GROUP] = value));
      packChannel(op, first + at, lift, weights);
    });
  }
  return { packed, constants };
}
