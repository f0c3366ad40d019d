import { SpecError } from '../../errors.ts';
import { clamp, type ValueRange } from '../../numbers.ts';

/** q = v * scale - bias, v = (q + bias) / scale; `bias` is an integer. */
export interface QuantParam {
  readonly scale: number;
  readonly bias: number;
}

/** value = mul / 2^shift. */
export interface FixedMul {
  readonly mul: number;
  readonly shift: number;
}

export const BYTE_MAX = 255;
/** Values beyond it do not count for a range (ncc 0.1). */
const OUTLIER = 100;
const NOTHING_LEFT: ValueRange = { low: -6, high: 6 };
/** Share of each further image in the moving range. */
const MOMENTUM = 0.01;

/** Rounds to the nearest integer, halves to the even one, as .NET's Math.Round. */
export function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

/**
 * Range of a tensor (docs/hardware/k210.md#quantizer): outliers are skipped, and one value alone gets one more on each
 * side.
 */
export function rangeOf(values: Iterable<number>): ValueRange {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!(Math.abs(value) <= OUTLIER)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return NOTHING_LEFT;
  return low === high ? { low: low - 1, high: high + 1 } : { low, high };
}

/** The moving range after one more image; the first image sets it. */
export function moveRange(range: ValueRange | undefined, image: ValueRange): ValueRange {
  if (!range) return image;
  const move = (from: number, to: number): number => (1 - MOMENTUM) * from + MOMENTUM * to;
  return { low: move(range.low, image.low), high: move(range.high, image.high) };
}

/** Scale and bias that spread a range over 8 bits. */
export function quantParamOf({ low, high }: ValueRange): QuantParam {
  const scale = BYTE_MAX / (high - low);
  return { scale, bias: roundHalfEven(low * scale) };
}

/** The exponent e of v = m * 2^e with 0.5 <= |m| < 1. */
function exponentOf(value: number): number {
  const magnitude = Math.abs(value);
  let exponent = Math.floor(Math.log2(magnitude)) + 1;
  while (2 ** exponent <= magnitude) exponent++;
  while (2 ** (exponent - 1) > magnitude) exponent--;
  return exponent;
}

/**
 * A multiplier of `bits` bits (sign included) and a shift of at most `maxShift`. Throws a SpecError for a value that is
 * too large for them; `what` names it.
 */
export function fixedMulOf(value: number, bits: number, maxShift: number, what: string): FixedMul {
  if (value === 0) return { mul: 0, shift: 0 };
  const shift = Number.isFinite(value) ? Math.min(maxShift, bits - 1 - exponentOf(value)) : -1;
  if (shift < 0) {
    throw new SpecError(
      `${what} of ${value} does not fit ${bits} bits; calibrate with images that use the whole range`,
    );
  }
  return { mul: roundHalfEven(value * 2 ** shift), shift };
}

export interface QuantizedWeights {
  readonly bytes: Uint8Array;
  /** Of the weights after each channel was stretched. */
  readonly bias: number;
  /** Per output channel. */
  readonly scales: readonly number[];
}

/**
 * Weights to bytes: each output channel is stretched towards the range of all, then all share one scale and bias.
 * `weights` lie channel by channel.
 */
export function quantizeWeights(weights: Float32Array, channels: number): QuantizedWeights {
  const perChannel = weights.length / channels;
  const channelOf = (c: number): Float32Array => weights.subarray(c * perChannel, (c + 1) * perChannel);
  const total = rangeOf(weights);
  const factors = Array.from({ length: channels }, (_, c) => stretchOf(total, rangeOf(channelOf(c))));
  const stretched = Float64Array.from(weights, (weight, at) => weight * factors[Math.floor(at / perChannel)]);
  const { scale, bias } = quantParamOf(rangeOf(stretched));
  const bytes = Uint8Array.from(stretched, (value) =>
    clamp(roundHalfEven(value * scale - bias), 0, BYTE_MAX),
  );
  return { bytes, bias, scales: factors.map((factor) => factor * scale) };
}

/** A quotient of zeros counts as absent; ncc would divide on. */
function stretchOf(total: ValueRange, channel: ValueRange): number {
  const ratios = [total.high / channel.high, total.low / channel.low].filter((ratio) => !Number.isNaN(ratio));
  const isAnyNegative = ratios.some((ratio) => ratio < 0);
  const factor = isAnyNegative ? Math.max(...ratios) : Math.min(...ratios);
  return Number.isFinite(factor) && factor > 0 ? factor : 1;
}
