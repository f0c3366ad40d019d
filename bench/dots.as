// What the SIMD kernels cannot beat: dot products of int16 pairs, eight multiply-accumulates each, and their additions, on
// data in the first cache. `count` times 64 steps of eight dots; returns a sum, so that all are computed.
export function dots(data: usize, count: i32): i32 {
  let s0 = i32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  for (let round = 0; round < count; round++) {
    let from = data;
    for (let step = 0; step < 64; step++, from += 32) {
      const a = v128.load(from), b = v128.load(from, 16), c = v128.load(from, 32), d = v128.load(from, 48);
      const e = v128.load(from, 64);
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(a, b));
      s1 = i32x4.add(s1, i32x4.dot_i16x8_s(a, c));
      s2 = i32x4.add(s2, i32x4.dot_i16x8_s(a, d));
      s3 = i32x4.add(s3, i32x4.dot_i16x8_s(a, e));
      s4 = i32x4.add(s4, i32x4.dot_i16x8_s(b, c));
      s5 = i32x4.add(s5, i32x4.dot_i16x8_s(b, d));
      s6 = i32x4.add(s6, i32x4.dot_i16x8_s(c, d));
      s7 = i32x4.add(s7, i32x4.dot_i16x8_s(c, e));
    }
  }
  const left = i32x4.add(i32x4.add(s0, s1), i32x4.add(s2, s3));
  const right = i32x4.add(i32x4.add(s4, s5), i32x4.add(s6, s7));
  return i32x4.extract_lane(i32x4.add(left, right), 0);
}
