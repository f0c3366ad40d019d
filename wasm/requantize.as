// From accumulators to stored int8, eight channels at a time, as rdpot(srdhm(x * 2^left, q), r) does: halves up, then away
// from zero. Both roundings are one floor: y = floor((P + 2^30) / 2^31) of the product P = x q, and z = floor((y + 2^(r-1) -
// [x < 0]) / 2^r), so z = floor((P + 2^30 + 2^(30+r) - [x < 0] 2^31) / 2^(31+r)). Accumulators come multiplied by
// 2^(R-r), R >= r + 2 the same for the eight, so that all but P are whole multiples of 2^32 and one shift does for all.
import { field, splatField, storeBytes } from './block';

// Constants of eight channels in bytes: R - 1 or -1, bias, q, and then either what is added to the upper word and what to
// negative ones, or (-1) 2^left, half of 2^r and 2^(31-r); the powers of two, twice each, where weights have them not.
export const GROUP_BYTES: usize = 208;
export const BIAS: usize = 16;
const FACTOR: usize = 48;
const ROUND: usize = 80;
const DROP: usize = 112;
const LEFT: usize = 80;
const HALF: usize = 112;
const SCALE: usize = 144;
export const LIFT: usize = 176;
// A shift that is known beforehand is one instruction; nearly all channels can have this one.
const USUAL_SHIFT = 13;

/** The upper words of x q, of four lanes. */
@inline
function upperProduct(x: v128, q: v128): v128 {
  const low = i64x2.extmul_low_i32x4_s(x, q);
  const high = i64x2.extmul_high_i32x4_s(x, q);
  return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
}

/** floor((x q + round 2^32 + [x < 0] drop 2^32) / 2^(32+shift)) of four lanes. */
@inline
export function shiftedProduct(x: v128, q: v128, round: v128, drop: v128, shift: i32): v128 {
  const upper = i32x4.add(upperProduct(x, q), round);
  return i32x4.shr_s(i32x4.add(upper, v128.and(i32x4.shr_s(x, 31), drop)), shift);
}

/** rdpot(srdhm(x left, q), r) of any four lanes. */
@inline
export function rescale(x: v128, left: v128, q: v128, half: v128, scale: v128): v128 {
  const nudge = i64x2.splat(1 << 30);
  const lifted = i32x4.mul(x, left);
  const low = i64x2.shr_u(i64x2.add(i64x2.extmul_low_i32x4_s(lifted, q), nudge), 31);
  const high = i64x2.shr_u(i64x2.add(i64x2.extmul_high_i32x4_s(lifted, q), nudge), 31);
  const y = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
  const sign = i32x4.shr_s(y, 31);
  const magnitude = i32x4.add(i32x4.sub(v128.xor(y, sign), sign), half);
  const lowShare = i64x2.shr_u(i64x2.extmul_low_i32x4_u(magnitude, scale), 31);
  const highShare = i64x2.shr_u(i64x2.extmul_high_i32x4_u(magnitude, scale), 31);
  const z = v128.shuffle<i32>(lowShare, highShare, 0, 2, 4, 6);
  return i32x4.sub(v128.xor(z, sign), sign);
}

/** Four lanes plus a zero point, wherever their sum is an int32. */
function rescaleFour(x: v128, constants: usize, zero: v128): v128 {
  const left = v128.load(constants, LEFT), q = v128.load(constants, FACTOR);
  const y = rescale(x, left, q, v128.load(constants, HALF), v128.load(constants, SCALE));
  // As wide as what follows needs, so that the zero point cannot run over.
  const bound = i32x4.splat(1 << 20);
  return i32x4.add(i32x4.min_s(i32x4.max_s(y, i32x4.neg(bound)), bound), zero);
}

@inline
function shiftedEight(a: v128, b: v128, constants: usize, shift: i32): v128 {
  const first = shiftedProduct(a, v128.load(constants, FACTOR), v128.load(constants, ROUND), v128.load(constants, DROP), shift);
  const second = shiftedProduct(b, v128.load(constants, FACTOR + 16), v128.load(constants, ROUND + 16), v128.load(constants, DROP + 16), shift);
  return i16x8.narrow_i32x4_s(first, second);
}

function unusualEight(a: v128, b: v128, constants: usize, block: usize): v128 {
  const shift = load<i32>(constants);
  if (shift >= 0) return shiftedEight(a, b, constants, shift);
  const zero = splatField(block, 0);
  return i16x8.narrow_i32x4_s(rescaleFour(a, constants, zero), rescaleFour(b, constants + 16, zero));
}

@inline
function bound(bytes: v128, block: usize): v128 {
  return i8x16.min_s(i8x16.max_s(bytes, splatField(block, 1)), splatField(block, 2));
}

/**
 * How eight channels end: `Usual` where all are there and shifted as usual; `Bounded` where besides the bounds are those of
 * int8 and the zero point is the lowest, so that it is all one how what lies below is rounded. Kernels are written once and
 * compiled for each: where a loop may call a function, its variables lie in memory.
 */
export type Usual = u8;
export type Bounded = u16;
export type Unusual = u32;

@inline
export function isUsual(constants: usize, count: i32): bool {
  return load<i32>(constants) == USUAL_SHIFT && count >= 8;
}

/** Of the whole op, from a field of its block. */
@inline
export function isBounded(block: usize): bool {
  return field(block, 0) == -128 && field(block, 1) == <i32>0x80808080 && field(block, 2) == 0x7f7f7f7f;
}

@inline
function endEight<Ending>(a: v128, b: v128, constants: usize): v128 {
  if (sizeof<Ending>() == sizeof<Usual>()) return shiftedEight(a, b, constants, USUAL_SHIFT);
  const first = i32x4.add(upperProduct(a, v128.load(constants, FACTOR)), v128.load(constants, ROUND));
  const second = i32x4.add(upperProduct(b, v128.load(constants, FACTOR + 16)), v128.load(constants, ROUND + 16));
  return i16x8.narrow_i32x4_s(i32x4.shr_s(first, USUAL_SHIFT), i32x4.shr_s(second, USUAL_SHIFT));
}

@inline
function boundAs<Ending>(bytes: v128, block: usize): v128 {
  return sizeof<Ending>() == sizeof<Bounded>() ? bytes : bound(bytes, block);
}

/** Eight outputs of one pixel, or the first `count`; block: zero point, lowest and highest byte four times each. */
@inline
export function storeOne<Ending>(to: usize, a: v128, b: v128, constants: usize, block: usize, count: i32): void {
  if (sizeof<Ending>() < sizeof<Unusual>()) {
    const words = endEight<Ending>(a, b, constants);
    v128.store64_lane(to, boundAs<Ending>(i8x16.narrow_i16x8_s(words, words), block), 0);
  } else {
    const words = unusualEight(a, b, constants, block);
    storeBytes(to, bound(i8x16.narrow_i16x8_s(words, words), block), count);
  }
}

/** Eight outputs of two pixels, `stride` bytes from one to the next. */
@inline
export function storeTwo<Ending>(to: usize, stride: usize, a0: v128, b0: v128, a1: v128, b1: v128, constants: usize, block: usize, count: i32): void {
  if (sizeof<Ending>() < sizeof<Unusual>()) {
    const first = endEight<Ending>(a0, b0, constants), second = endEight<Ending>(a1, b1, constants);
    const bytes = boundAs<Ending>(i8x16.narrow_i16x8_s(first, second), block);
    v128.store64_lane(to, bytes, 0);
    v128.store64_lane(to + stride, bytes, 1);
  } else {
    storeOne<Unusual>(to, a0, b0, constants, block, count);
    storeOne<Unusual>(to + stride, a1, b1, constants, block, count);
  }
}
