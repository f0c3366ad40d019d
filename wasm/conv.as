// Convolutions and dense layers of int8: the taps of some pixels are gathered as rows of int16, which are multiplied by the
// weights of eight channels at a time. Weights and biases have the zero points in them; see requantize.as for the end.
import { field } from './block';
import { BIAS, Bounded, GROUP_BYTES, isBounded, isUsual, storeOne, storeTwo, Unusual, Usual } from './requantize';

// Pixels whose taps are gathered at a time, so that they stay in the first cache.
const CHUNK = 32;

/** `count` int8 as int16; up to seven elements more are written. */
@inline
export function widen(from: usize, to: usize, count: i32): void {
  for (; count >= 32; count -= 32, from += 32, to += 64) {
    v128.store(to, v128.load8x8_s(from));
    v128.store(to, v128.load8x8_s(from, 8), 16);
    v128.store(to, v128.load8x8_s(from, 16), 32);
    v128.store(to, v128.load8x8_s(from, 24), 48);
  }
  for (; count > 0; count -= 8, from += 8, to += 16) v128.store(to, v128.load8x8_s(from));
}

@inline
function fill(to: usize, count: i32, value: v128): void {
  for (let at = 0; at < count; at += 8) v128.store(to + (<usize>at << 1), value);
}

// Windows of pixels first..first + count as rows, the zero point outside of the image.
function gatherWindows(block: usize, input: usize, first: i32, count: i32, rowBytes: usize, scratch: usize): void {
  const inH = field(block, 3), inW = field(block, 4), inC = field(block, 5), outW = field(block, 6);
  const kernelH = field(block, 7), kernelW = field(block, 8), strideH = field(block, 9), strideW = field(block, 10);
  const padLeft = field(block, 12);
  const zero = i16x8.splat(<i16>field(block, 13));
  const rowElements = kernelW * inC;
  let x = first % outW;
  let top = (first / outW) * strideH - field(block, 11);
  let left = x * strideW - padLeft;
  for (let row = scratch; row < scratch + <usize>count * rowBytes; row += rowBytes) {
    const start = left < 0 ? -left : 0;
    const end = left + kernelW > inW ? inW - left : kernelW;
    let to = row;
    for (let y = top; y < top + kernelH; y++, to += <usize>rowElements << 1) {
      if (<u32>y >= <u32>inH || end <= start) {
        fill(to, rowElements, zero);
        continue;
      }
      if (start > 0) fill(to, start * inC, zero);
      widen(input + (y * inW + left + start) * inC, to + (<usize>(start * inC) << 1), (end - start) * inC);
      if (end < kernelW) fill(to + (<usize>(end * inC) << 1), (kernelW - end) * inC, zero);
    }
    left += strideW;
    if (++x == outW) {
      x = 0;
      left = -padLeft;
      top += strideH;
    }
  }
}

// A pixel is its own window, and the row has no slack.
@inline
function gather(block: usize, input: usize, first: i32, count: i32, rowBytes: usize, scratch: usize): void {
  if (field(block, 20)) widen(input + first * field(block, 5), scratch, count * field(block, 5));
  else gatherWindows(block, input, first, count, rowBytes, scratch);
}

function multiplyRows<Ending>(a: usize, count: i32, rowBytes: usize, weights: usize, constants: usize, block: usize, out: usize, stride: usize, width: i32): void {
  const biasA = v128.load(constants, BIAS), biasB = v128.load(constants, BIAS + 16);
  for (; count >= 4; count -= 4, a += rowBytes * 3, out += stride * 4) {
    let s0a = biasA, s0b = biasB, s1a = biasA, s1b = biasB, s2a = biasA, s2b = biasB, s3a = biasA, s3b = biasB;
    const end = a + rowBytes;
    let a1 = end, a2 = a1 + rowBytes, a3 = a2 + rowBytes;
    for (let w = weights; a < end; a += 8, a1 += 8, a2 += 8, a3 += 8, w += 64) {
      let wa = v128.load(w), wb = v128.load(w, 16);
      let x = v128.load32_splat(a);
      s0a = i32x4.add(s0a, i32x4.dot_i16x8_s(x, wa));
      s0b = i32x4.add(s0b, i32x4.dot_i16x8_s(x, wb));
      x = v128.load32_splat(a1);
      s1a = i32x4.add(s1a, i32x4.dot_i16x8_s(x, wa));
      s1b = i32x4.add(s1b, i32x4.dot_i16x8_s(x, wb));
      x = v128.load32_splat(a2);
      s2a = i32x4.add(s2a, i32x4.dot_i16x8_s(x, wa));
      s2b = i32x4.add(s2b, i32x4.dot_i16x8_s(x, wb));
      x = v128.load32_splat(a3);
      s3a = i32x4.add(s3a, i32x4.dot_i16x8_s(x, wa));
      s3b = i32x4.add(s3b, i32x4.dot_i16x8_s(x, wb));
      wa = v128.load(w, 32);
      wb = v128.load(w, 48);
      x = v128.load32_splat(a, 4);
      s0a = i32x4.add(s0a, i32x4.dot_i16x8_s(x, wa));
      s0b = i32x4.add(s0b, i32x4.dot_i16x8_s(x, wb));
      x = v128.load32_splat(a1, 4);
      s1a = i32x4.add(s1a, i32x4.dot_i16x8_s(x, wa));
      s1b = i32x4.add(s1b, i32x4.dot_i16x8_s(x, wb));
      x = v128.load32_splat(a2, 4);
      s2a = i32x4.add(s2a, i32x4.dot_i16x8_s(x, wa));
      s2b = i32x4.add(s2b, i32x4.dot_i16x8_s(x, wb));
      x = v128.load32_splat(a3, 4);
      s3a = i32x4.add(s3a, i32x4.dot_i16x8_s(x, wa));
      s3b = i32x4.add(s3b, i32x4.dot_i16x8_s(x, wb));
    }
    storeTwo<Ending>(out, stride, s0a, s0b, s1a, s1b, constants, block, width);
    storeTwo<Ending>(out + stride * 2, stride, s2a, s2b, s3a, s3b, constants, block, width);
  }
  for (; count > 0; count--, out += stride) {
    let sa = biasA, sb = biasB, ta = i32x4.splat(0), tb = ta;
    const end = a + rowBytes;
    for (let w = weights; a < end; a += 8, w += 64) {
      const x = v128.load32_splat(a), y = v128.load32_splat(a, 4);
      sa = i32x4.add(sa, i32x4.dot_i16x8_s(x, v128.load(w)));
      sb = i32x4.add(sb, i32x4.dot_i16x8_s(x, v128.load(w, 16)));
      ta = i32x4.add(ta, i32x4.dot_i16x8_s(y, v128.load(w, 32)));
      tb = i32x4.add(tb, i32x4.dot_i16x8_s(y, v128.load(w, 48)));
    }
    storeOne<Ending>(out, i32x4.add(sa, ta), i32x4.add(sb, tb), constants, block, width);
  }
}

// `count` rows against weights [pair][channel][2] of eight channels; the number of pairs is even.
function multiply(a: usize, count: i32, rowBytes: usize, weights: usize, constants: usize, block: usize, out: usize, stride: usize, width: i32): void {
  if (!isUsual(constants, width)) multiplyRows<Unusual>(a, count, rowBytes, weights, constants, block, out, stride, width);
  else if (isBounded(block)) multiplyRows<Bounded>(a, count, rowBytes, weights, constants, block, out, stride, width);
  else multiplyRows<Usual>(a, count, rowBytes, weights, constants, block, out, stride, width);
}

/** Convolution or dense layer of one image; the block is that of `convBlock`. */
export function conv(block: usize, input: usize, out: usize): void {
  const pixels = field(block, 14), channels = field(block, 15);
  const rowBytes = <usize>field(block, 16) << 2;
  const scratch = <usize>field(block, 17);
  const groupBytes = rowBytes << 3;
  for (let first = 0; first < pixels; first += CHUNK) {
    const count = min(CHUNK, pixels - first);
    gather(block, input, first, count, rowBytes, scratch);
    let weights = <usize>field(block, 18), constants = <usize>field(block, 19);
    for (let channel = 0; channel < channels; channel += 8) {
      multiply(scratch, count, rowBytes, weights, constants, block, out + first * channels + channel, channels, channels - channel);
      weights += groupBytes;
      constants += GROUP_BYTES;
    }
  }
}
