import type { NumericData } from '../../definition/kernel.ts';
import { biasAt, type Rescale } from '../../numbers/rescale.ts';
import { GROUP, rescaleFields } from './parameters.ts';

/** An int8 op with weights, as its channels see it. */
export interface ChannelOp {
  readonly rescale: Rescale;
  readonly bias: NumericData;
  readonly channels: number;
  readonly weights: Int8Array;
  /** Elements from one channel's weights to the next. */
  readonly channelStride: number;
  /** Where each tap lies in a channel's weights, in the order of multiplication. */
  readonly taps: Int32Array;
  /** What bears a channel's power of two: its weights, or sums of products, where int16 would not hold the weights. */
  readonly lifted: 'weights' | 'sums';
}

/** What one channel's weights can come to. */
interface ChannelBounds {
  readonly sum: number;
  /** Largest magnitude of one weight, and of the accumulator. */
  readonly weight: number;
  readonly accumulator: number;
}

/** How eight channels are rescaled: by one shift of R - 1 bits where each is multiplied by 2^lift before, else as it stands. */
interface GroupShift {
  readonly shift: number;
  readonly lifts: readonly number[];
}

/** What wasm/requantize.as needs of eight channels. */
export interface GroupPlan {
  readonly lifts: readonly number[];
  readonly fields: Int32Array;
}

/** Fields of a group's constants: see wasm/requantize.as. */
export const GROUP_FIELDS = 4 + 6 * GROUP;
const LIFT_FIELD = 4 + 5 * GROUP;
/** R that the module knows beforehand, so that it takes less time. */
const USUAL_R = 14;
/** Zero points in the place of the rounded bits leave room below 2^31 up to this. */
const LARGEST_R = 22;
const INT16_MAX = 2 ** 15 - 1;

function boundChannel(op: ChannelOp, channel: number): ChannelBounds {
  const { inputZero, weightZero } = op.rescale;
  const { weights, taps } = op;
  const first = channel * op.channelStride;
  let above = 0;
  let below = 0;
  let weight = 0;
  for (let tap = 0; tap < taps.length; tap++) {
    const value = weights[first + taps[tap]] - weightZero;
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

function chooseShift(op: ChannelOp, bounds: readonly ChannelBounds[], first: number): GroupShift {
  const { rescale: r, lifted } = op;
  const loud = bounds.flatMap((bound, at) => (isSilent(r, first + at, bound) ? [] : [at]));
  const smallest = Math.max(0, ...loud.map((at) => -r.e[first + at])) + 2;
  for (const shared of [USUAL_R, smallest]) {
    if (shared < smallest || shared > LARGEST_R) continue;
    const lifts = bounds.map((_, at) => (loud.includes(at) ? shared + r.e[first + at] : 0));
    const fits = loud.every((at) => {
      const { weight, accumulator } = bounds[at];
      const factor = (lifted === 'weights' ? weight : 1) * 2 ** lifts[at];
      return r.q[first + at] > 0 && factor <= INT16_MAX && accumulator * 2 ** lifts[at] < 2 ** 31;
    });
    if (fits) return { shift: shared - 1, lifts };
  }
  return { shift: -1, lifts: bounds.map(() => 0) };
}

/** q, and what is added to the upper word of the product: the halves of both roundings and the zero point. */
function shiftedFields(r: Rescale, channel: number, { shift, lifts }: GroupShift, at: number): number[] {
  const zero = r.outputZero * 2 ** shift;
  const [q, e] = [r.q[channel], r.e[channel]];
  if (lifts[at] === 0) return [0, 2 ** (shift - 1) + zero, 0];
  if (e >= 0) return [q, 2 ** (shift - 1) + zero, 0];
  return [q, 2 ** (shift - 1) + 2 ** (lifts[at] - 2) + zero, -(2 ** (lifts[at] - 1))];
}

function rescalingFields(r: Rescale, channel: number, group: GroupShift, at: number): number[] {
  if (group.shift >= 0) return shiftedFields(r, channel, group, at);
  const [left, q, half, scale] = rescaleFields({ q: r.q[channel], e: r.e[channel] });
  return [q, left, half, scale];
}

/** The bias with the input's zero point in it, wrapped to 32 bits. */
function foldedBias(op: ChannelOp, channel: number, sum: number): number {
  return (biasAt(op.bias, channel) - Math.imul(op.rescale.inputZero, sum)) | 0;
}

/** The constants of up to eight channels, the first of which is a multiple of eight. */
export function planGroup(op: ChannelOp, first: number): GroupPlan {
  const width = Math.min(GROUP, op.channels - first);
  const bounds = Array.from({ length: width }, (_, at) => boundChannel(op, first + at));
  const group = chooseShift(op, bounds, first);
  const fields = new Int32Array(GROUP_FIELDS);
  fields[0] = group.shift;
  bounds.forEach(({ sum }, at) => {
    const lift = group.lifts[at];
    const bias = foldedBias(op, first + at, sum) << lift;
    [bias, ...rescalingFields(op.rescale, first + at, group, at)].forEach((value, index) => {
      fields[4 + at + index * GROUP] = value;
    });
    fields[LIFT_FIELD + at] = 2 ** lift * 0x10001;
  });
  return { lifts: group.lifts, fields };
}
