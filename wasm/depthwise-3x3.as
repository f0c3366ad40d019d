// Depthwise convolution of int8 by 3x3 taps, a pixel at a time: products of int16 are added in pairs, as far as int16 holds
// them (magnitudes of the two weights of a pair add up to 255 at most), and then multiplied by each channel's power of two
// while they are widened.
import { field } from './block';
import { BIAS, Bounded, isBounded, isUsual, LIFT, storeOne, Unusual, Usual } from './requantize';

// Products of eight channels of the first, second and third column: where they lie is known when this is compiled.
@inline
function first(x: usize, w: v128): v128 {
  return i16x8.mul(v128.load(x), w);
}

@inline
function second(x: usize, w: v128): v128 {
  return i16x8.mul(v128.load(x, 16), w);
}

@inline
function third(x: usize, w: v128): v128 {
  return i16x8.mul(v128.load(x, 32), w);
}

@inline
export function lower(x: v128, y: v128): v128 {
  return v128.shuffle<i16>(x, y, 0, 8, 1, 9, 2, 10, 3, 11);
}

@inline
export function upper(x: v128, y: v128): v128 {
  return v128.shuffle<i16>(x, y, 4, 12, 5, 13, 6, 14, 7, 15);
}

function row<Ending>(block: usize, at: usize, weights: usize, constants: usize, out: usize, stride: usize, width: i32): void {
  const step = <usize>field(block, 13), taps = <usize>field(block, 23);
  const end = out + <usize>field(block, 11) * stride;
  const liftA = v128.load(constants, LIFT), liftB = v128.load(constants, LIFT + 16);
  const w0 = v128.load(weights), w1 = v128.load(weights, 16), w2 = v128.load(weights, 32);
  const w3 = v128.load(weights, 48), w4 = v128.load(weights, 64), w5 = v128.load(weights, 80);
  const w6 = v128.load(weights, 96), w7 = v128.load(weights, 112), w8 = v128.load(weights, 128);
  let p = at + load<u32>(taps), q = at + load<u32>(taps, 12), r = at + load<u32>(taps, 24);
  for (; out < end; out += stride, p += step, q += step, r += step) {
    let x = i16x8.add(first(p, w0), second(p, w1));
    let y = i16x8.add(third(p, w2), first(q, w3));
    let a = i32x4.add(v128.load(constants, BIAS), i32x4.dot_i16x8_s(lower(x, y), liftA));
    let b = i32x4.add(v128.load(constants, BIAS + 16), i32x4.dot_i16x8_s(upper(x, y), liftB));
    x = i16x8.add(second(q, w4), third(q, w5));
    y = i16x8.add(first(r, w6), second(r, w7));
    a = i32x4.add(a, i32x4.dot_i16x8_s(lower(x, y), liftA));
    b = i32x4.add(b, i32x4.dot_i16x8_s(upper(x, y), liftB));
    x = third(r, w8);
    y = i16x8.splat(0);
    a = i32x4.add(a, i32x4.dot_i16x8_s(lower(x, y), liftA));
    b = i32x4.add(b, i32x4.dot_i16x8_s(upper(x, y), liftB));
    storeOne<Ending>(out, a, b, constants, block, width);
  }
}

/**
 * One row of outputs of eight channels, `at` bytes from where the taps of the first lie; weights are [tap][channel].
 */
export function rowOf3x3(block: usize, at: usize, weights: usize, constants: usize, out: usize, stride: usize, width: i32): void {
  if (!isUsual(constants, width)) row<Unusual>(block, at, weights, constants, out, stride, width);
  else if (isBounded(block)) row<Bounded>(block, at, weights, constants, out, stride, width);
  else row<Usual>(block, at, weights, constants, out, stride, width);
}
