// Sums of two tensors of one shape.
import { field, splatField, storeBytes, storeFloats } from './block';
import { shiftedProduct } from './requantize';

// Four stored values on the common scale: (x - zero) * 2^20 times their multiplier, with the 2^2 of requantize.as; fields
// from `at` on: zero point, q, what is added to the upper word and to that of negative ones, shift.
@inline
function lift(x: v128, zero: v128, q: v128, round: v128, drop: v128, shift: i32): v128 {
  return shiftedProduct(i32x4.shl(i32x4.sub(x, zero), 22), q, round, drop, shift);
}

/** int8; the block is that of `prepareFastAdd`. */
export function add(block: usize, a: usize, b: usize, out: usize, elements: i32): void {
  const low = splatField(block, 1), high = splatField(block, 2);
  const zeroA = splatField(block, 3), qA = splatField(block, 4), roundA = splatField(block, 5), dropA = splatField(block, 6);
  const zeroB = splatField(block, 8), qB = splatField(block, 9), roundB = splatField(block, 10), dropB = splatField(block, 11);
  const q = splatField(block, 13), round = splatField(block, 14), drop = splatField(block, 15);
  const shiftA = field(block, 7), shiftB = field(block, 12), shift = field(block, 16);
  for (let at = 0; at < elements; at += 8) {
    const x = v128.load8x8_s(a + at), y = v128.load8x8_s(b + at);
    const xLow = lift(i32x4.extend_low_i16x8_s(x), zeroA, qA, roundA, dropA, shiftA);
    const xHigh = lift(i32x4.extend_high_i16x8_s(x), zeroA, qA, roundA, dropA, shiftA);
    const yLow = lift(i32x4.extend_low_i16x8_s(y), zeroB, qB, roundB, dropB, shiftB);
    const yHigh = lift(i32x4.extend_high_i16x8_s(y), zeroB, qB, roundB, dropB, shiftB);
    const first = shiftedProduct(i32x4.shl(i32x4.add(xLow, yLow), 2), q, round, drop, shift);
    const second = shiftedProduct(i32x4.shl(i32x4.add(xHigh, yHigh), 2), q, round, drop, shift);
    const words = i16x8.narrow_i32x4_s(first, second);
    const bytes = i8x16.min_s(i8x16.max_s(i8x16.narrow_i16x8_s(words, words), low), high);
    if (elements - at >= 8) v128.store64_lane(out + at, bytes, 0);
    else storeBytes(out + at, bytes, elements - at);
  }
}

/** float32, bounded by fields 1 and 2. */
export function addFloats(block: usize, a: usize, b: usize, out: usize, elements: i32): void {
  const low = splatField(block, 1), high = splatField(block, 2);
  for (; elements > 0; elements -= 4, a += 16, b += 16, out += 16) {
    const sum = f32x4.add(v128.load(a), v128.load(b));
    storeFloats(out, f32x4.pmin(f32x4.pmax(sum, low), high), elements);
  }
}
