// One value in, one value out.
import { splatField, storeBytes, storeFloats } from './block';

/** Bytes through a table of 256 for the values 0..255 of a byte without sign. */
export function lookUp(table: usize, from: usize, out: usize, elements: i32): void {
  for (; elements >= 4; elements -= 4, from += 4, out += 4) {
    const a = load<u8>(table + load<u8>(from)), b = load<u8>(table + load<u8>(from, 1));
    const c = load<u8>(table + load<u8>(from, 2)), d = load<u8>(table + load<u8>(from, 3));
    store<u8>(out, a);
    store<u8>(out, b, 1);
    store<u8>(out, c, 2);
    store<u8>(out, d, 3);
  }
  for (; elements > 0; elements--, from++, out++) store<u8>(out, load<u8>(table + load<u8>(from)));
}

/** Bytes through a table of 256 words of four bytes. */
export function lookUpWords(table: usize, from: usize, out: usize, elements: i32): void {
  for (; elements > 0; elements--, from++, out += 4) store<u32>(out, load<u32>(table + (<usize>load<u8>(from) << 2)));
}

// Quotients to the nearest integers, halves away from zero, plus the zero point; 0 for what is not a number.
@inline
function quantizeFour(x: v128, scale: v128, zero: v128): v128 {
  const quotient = f32x4.div(x, scale);
  const far = f32x4.splat(1048576);
  const bounded = f32x4.pmin(f32x4.pmax(quotient, f32x4.neg(far)), far);
  const whole = f32x4.trunc(bounded);
  const isHalf = f32x4.ge(f32x4.abs(f32x4.sub(bounded, whole)), f32x4.splat(0.5));
  const sign = v128.or(v128.and(bounded, f32x4.splat(-0.0)), f32x4.splat(1));
  const rounded = i32x4.trunc_sat_f32x4_s(f32x4.add(whole, v128.and(sign, isHalf)));
  return v128.and(i32x4.add(rounded, zero), f32x4.eq(quotient, quotient));
}

/** float32 to int8; fields: zero point, scale. */
export function quantize(block: usize, from: usize, out: usize, elements: i32): void {
  const zero = splatField(block, 0), scale = splatField(block, 1);
  for (; elements > 0; elements -= 8, from += 32, out += 8) {
    const low = quantizeFour(v128.load(from), scale, zero), high = quantizeFour(v128.load(from, 16), scale, zero);
    const words = i16x8.narrow_i32x4_s(low, high);
    const bytes = i8x16.narrow_i16x8_s(words, words);
    if (elements >= 8) v128.store64_lane(out, bytes, 0);
    else storeBytes(out, bytes, elements);
  }
}

/** float32 held between fields 1 and 2. */
export function clampFloats(block: usize, from: usize, out: usize, elements: i32): void {
  const low = splatField(block, 1), high = splatField(block, 2);
  for (; elements > 0; elements -= 4, from += 16, out += 16) {
    storeFloats(out, f32x4.pmin(f32x4.pmax(v128.load(from), low), high), elements);
  }
}
