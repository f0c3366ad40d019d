// Sums over rows, and copies of rows to other places.
import { storeFloats } from './block';

/** int32 sums over `count` rows of `width` int8; up to seven sums more are written. */
export function sumBytes(from: usize, count: i32, width: i32, out: usize): void {
  for (let at = 0; at < width; at += 8) {
    let a = i32x4.splat(0), b = a;
    let row = from + at;
    for (let y = 0; y < count; y++, row += width) {
      const words = v128.load8x8_s(row);
      a = i32x4.add(a, i32x4.extend_low_i16x8_s(words));
      b = i32x4.add(b, i32x4.extend_high_i16x8_s(words));
    }
    v128.store(out + (<usize>at << 2), a);
    v128.store(out + (<usize>at << 2), b, 16);
  }
}

/** float32 sums over `count` rows of `width`, each added in order. */
export function sumFloats(from: usize, count: i32, width: i32, out: usize): void {
  const rowBytes = <usize>width << 2;
  for (let at = 0; at < width; at += 4) {
    const shift = <usize>at << 2;
    let sum = f32x4.splat(0);
    let row = from + shift;
    for (let y = 0; y < count; y++, row += rowBytes) sum = f32x4.add(sum, v128.load(row));
    storeFloats(out + shift, sum, width - at);
  }
}

/** Fills `outBytes` with a byte, and copies rows of `rowBytes` to the offsets of a table. */
export function placeRows(table: usize, rows: i32, rowBytes: usize, from: usize, out: usize, outBytes: usize, value: i32): void {
  memory.fill(out, <u8>value, outBytes);
  for (let row = 0; row < rows; row++, from += rowBytes, table += 4) {
    memory.copy(out + load<u32>(table), from, rowBytes);
  }
}
