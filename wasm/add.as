// Sum of two int8 tensors of one shape.
import { field, splatField, storeBytes } from './block';
import { rescale } from './requantize';

// Four stored values to the common scale: (x - zero) * 2^20, then their multiplier; fields from `at` on.
@inline
function lift(x: v128, block: usize, at: i32): v128 {
  const centred = i32x4.sub(x, splatField(block, at));
  return rescale(centred, splatField(block, at + 1), splatField(block, at + 2), splatField(block, at + 3), splatField(block, at + 4));
}

@inline
function addFour(x: v128, y: v128, block: usize): v128 {
  const sum = i32x4.add(lift(x, block, 3), lift(y, block, 8));
  const scaled = rescale(sum, splatField(block, 13), splatField(block, 14), splatField(block, 15), splatField(block, 16));
  return i32x4.min_s(i32x4.max_s(i32x4.add(scaled, splatField(block, 0)), splatField(block, 1)), splatField(block, 2));
}

/** The block is that of `prepareFastAdd`. */
export function add(block: usize, a: usize, b: usize, out: usize, elements: i32): void {
  for (let at = 0; at < elements; at += 8) {
    const x = v128.load8x8_s(a + at);
    const y = v128.load8x8_s(b + at);
    const low = addFour(i32x4.extend_low_i16x8_s(x), i32x4.extend_low_i16x8_s(y), block);
    const high = addFour(i32x4.extend_high_i16x8_s(x), i32x4.extend_high_i16x8_s(y), block);
    const words = i16x8.narrow_i32x4_s(low, high);
    storeBytes(out + at, i8x16.narrow_i16x8_s(words, words), elements - at);
  }
}
