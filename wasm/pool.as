// Pools of NHWC images, eight channels of a window at a time. Blocks are those of `prepareFastPool`.
import { field, splatField, storeBytes, storeFloats } from './block';

@inline
function largestBytes(from: usize, rows: i32, columns: i32, rowBytes: usize, pixelBytes: usize): v128 {
  let largest = i8x16.splat(-128);
  for (; rows > 0; rows--, from += rowBytes) {
    let at = from;
    for (let x = 0; x < columns; x++, at += pixelBytes) largest = i8x16.max_s(largest, v128.load64_zero(at));
  }
  return largest;
}

// Quotient of sums and a count below 2^16, halves away from zero: single precision cannot reach the next integer.
@inline
function divideRounded(sum: v128, count: v128, half: v128): v128 {
  const sign = i32x4.shr_s(sum, 31);
  const lifted = i32x4.add(sum, i32x4.sub(v128.xor(half, sign), sign));
  return i32x4.trunc_sat_f32x4_s(f32x4.div(f32x4.convert_i32x4_s(lifted), count));
}

@inline
function meanBytes(from: usize, rows: i32, columns: i32, rowBytes: usize, pixelBytes: usize): v128 {
  const half = i32x4.splat((rows * columns) >> 1), count = f32x4.splat(<f32>(rows * columns));
  let a = i32x4.splat(0), b = a;
  for (; rows > 0; rows--, from += rowBytes) {
    let at = from;
    for (let x = 0; x < columns; x++, at += pixelBytes) {
      const words = v128.load8x8_s(at);
      a = i32x4.add(a, i32x4.extend_low_i16x8_s(words));
      b = i32x4.add(b, i32x4.extend_high_i16x8_s(words));
    }
  }
  const words = i16x8.narrow_i32x4_s(divideRounded(a, count, half), divideRounded(b, count, half));
  return i8x16.narrow_i16x8_s(words, words);
}

@inline
function largestFloats(from: usize, rows: i32, columns: i32, rowBytes: usize, pixelBytes: usize): v128 {
  let largest = f32x4.splat(-Infinity);
  for (; rows > 0; rows--, from += rowBytes) {
    let at = from;
    for (let x = 0; x < columns; x++, at += pixelBytes) largest = f32x4.pmax(largest, v128.load(at));
  }
  return largest;
}

@inline
function meanFloats(from: usize, rows: i32, columns: i32, rowBytes: usize, pixelBytes: usize): v128 {
  const count = f32x4.splat(<f32>(rows * columns));
  let sum = f32x4.splat(0);
  for (; rows > 0; rows--, from += rowBytes) {
    let at = from;
    for (let x = 0; x < columns; x++, at += pixelBytes) sum = f32x4.add(sum, v128.load(at));
  }
  return f32x4.div(sum, count);
}

// T is the type of the elements: i8, eight at a time, or f32, four at a time.
function pool<T>(block: usize, input: usize, out: usize): void {
  const inH = field(block, 3), inW = field(block, 4), channels = field(block, 5), outH = field(block, 6), outW = field(block, 7);
  const filterH = field(block, 8), filterW = field(block, 9), strideH = field(block, 10), strideW = field(block, 11);
  const padTop = field(block, 12), padLeft = field(block, 13), isMean = field(block, 14);
  const low = splatField(block, 1), high = splatField(block, 2);
  const pixelBytes = <usize>channels * sizeof<T>();
  const rowBytes = <usize>inW * pixelBytes;
  for (let y = 0; y < outH; y++) {
    const top = max(0, y * strideH - padTop);
    const rows = min(inH, y * strideH - padTop + filterH) - top;
    for (let x = 0; x < outW; x++, out += pixelBytes) {
      const left = max(0, x * strideW - padLeft);
      const columns = min(inW, x * strideW - padLeft + filterW) - left;
      const from = input + <usize>top * rowBytes + <usize>left * pixelBytes;
      if (sizeof<T>() == 1) {
        for (let c = 0; c < channels; c += 8) {
          let bytes: v128;
          if (isMean) bytes = meanBytes(from + c, rows, columns, rowBytes, pixelBytes);
          else bytes = largestBytes(from + c, rows, columns, rowBytes, pixelBytes);
          bytes = i8x16.min_s(i8x16.max_s(bytes, low), high);
          if (channels - c >= 8) v128.store64_lane(out + c, bytes, 0);
          else storeBytes(out + c, bytes, channels - c);
        }
      } else {
        for (let c = 0; c < channels; c += 4) {
          const shift = <usize>c << 2;
          let values: v128;
          if (isMean) values = meanFloats(from + shift, rows, columns, rowBytes, pixelBytes);
          else values = largestFloats(from + shift, rows, columns, rowBytes, pixelBytes);
          storeFloats(out + shift, f32x4.pmin(f32x4.pmax(values, low), high), channels - c);
        }
      }
    }
  }
}

export function poolBytes(block: usize, input: usize, out: usize): void {
  pool<i8>(block, input, out);
}

export function poolFloats(block: usize, input: usize, out: usize): void {
  pool<f32>(block, input, out);
}
