// Convolutions and dense layers of float32: as conv.as, each lane adding its products in the order of the plain loops, one
// rounding a step.
import { field, splatField, storeFloats } from './block';

const CHUNK = 32;

/** Eight outputs, bias added and bounded as C's comparisons do (a zero keeps its sign), `count` of them. */
@inline
export function storeBounded(to: usize, a: v128, b: v128, bias: usize, block: usize, count: i32): void {
  const low = splatField(block, 1), high = splatField(block, 2);
  const first = f32x4.pmin(f32x4.pmax(f32x4.add(a, v128.load(bias)), low), high);
  const second = f32x4.pmin(f32x4.pmax(f32x4.add(b, v128.load(bias, 16)), low), high);
  if (count >= 8) {
    v128.store(to, first);
    v128.store(to, second, 16);
    return;
  }
  storeFloats(to, first, count);
  if (count > 4) storeFloats(to + 16, second, count - 4);
}

// `count` rows of taps against weights [tap][channel] of eight channels.
function multiply(a: usize, count: i32, rowBytes: usize, weights: usize, bias: usize, block: usize, out: usize, stride: usize, width: i32): void {
  for (; count >= 4; count -= 4, a += rowBytes * 3, out += stride * 4) {
    let s0a = f32x4.splat(0), s0b = s0a, s1a = s0a, s1b = s0a, s2a = s0a, s2b = s0a, s3a = s0a, s3b = s0a;
    const end = a + rowBytes;
    let a1 = end, a2 = a1 + rowBytes, a3 = a2 + rowBytes;
    for (let w = weights; a < end; a += 4, a1 += 4, a2 += 4, a3 += 4, w += 32) {
      const wa = v128.load(w), wb = v128.load(w, 16);
      let x = v128.load32_splat(a);
      s0a = f32x4.add(s0a, f32x4.mul(x, wa));
      s0b = f32x4.add(s0b, f32x4.mul(x, wb));
      x = v128.load32_splat(a1);
      s1a = f32x4.add(s1a, f32x4.mul(x, wa));
      s1b = f32x4.add(s1b, f32x4.mul(x, wb));
      x = v128.load32_splat(a2);
      s2a = f32x4.add(s2a, f32x4.mul(x, wa));
      s2b = f32x4.add(s2b, f32x4.mul(x, wb));
      x = v128.load32_splat(a3);
      s3a = f32x4.add(s3a, f32x4.mul(x, wa));
      s3b = f32x4.add(s3b, f32x4.mul(x, wb));
    }
    storeBounded(out, s0a, s0b, bias, block, width);
    storeBounded(out + stride, s1a, s1b, bias, block, width);
    storeBounded(out + stride * 2, s2a, s2b, bias, block, width);
    storeBounded(out + stride * 3, s3a, s3b, bias, block, width);
  }
  for (; count > 0; count--, out += stride) {
    let sa = f32x4.splat(0), sb = sa;
    const end = a + rowBytes;
    for (let w = weights; a < end; a += 4, w += 32) {
      const x = v128.load32_splat(a);
      sa = f32x4.add(sa, f32x4.mul(x, v128.load(w)));
      sb = f32x4.add(sb, f32x4.mul(x, v128.load(w, 16)));
    }
    storeBounded(out, sa, sb, bias, block, width);
  }
}

@inline
function clear(to: usize, count: i32): void {
  memory.fill(to, 0, <usize>count << 2);
}

@inline
function copy(from: usize, to: usize, count: i32): void {
  for (let at = 0; at < count; at += 4) v128.store(to + (<usize>at << 2), v128.load(from + (<usize>at << 2)));
}

function gatherWindows(block: usize, input: usize, first: i32, count: i32, rowBytes: usize, scratch: usize): void {
  const inH = field(block, 3), inW = field(block, 4), inC = field(block, 5), outW = field(block, 6);
  const kernelH = field(block, 7), kernelW = field(block, 8), strideH = field(block, 9), strideW = field(block, 10);
  const padLeft = field(block, 12);
  const rowElements = kernelW * inC;
  let x = first % outW;
  let top = (first / outW) * strideH - field(block, 11);
  let left = x * strideW - padLeft;
  for (let row = scratch; row < scratch + <usize>count * rowBytes; row += rowBytes) {
    const start = left < 0 ? -left : 0;
    const end = left + kernelW > inW ? inW - left : kernelW;
    let to = row;
    for (let y = top; y < top + kernelH; y++, to += <usize>rowElements << 2) {
      if (<u32>y >= <u32>inH || end <= start) {
        clear(to, rowElements);
        continue;
      }
      if (start > 0) clear(to, start * inC);
      const from = input + (<usize>((y * inW + left + start) * inC) << 2);
      copy(from, to + (<usize>(start * inC) << 2), (end - start) * inC);
      if (end < kernelW) clear(to + (<usize>(end * inC) << 2), (kernelW - end) * inC);
    }
    left += strideW;
    if (++x == outW) {
      x = 0;
      left = -padLeft;
      top += strideH;
    }
  }
}

/** Convolution or dense layer of one image; the block is that of `convBlock`, bounds as float bits. */
export function convFloats(block: usize, input: usize, out: usize): void {
  const pixels = field(block, 14), channels = field(block, 15);
  const rowBytes = <usize>field(block, 16) << 2, stride = <usize>channels << 2;
  const isPlain = field(block, 20);
  for (let first = 0; first < pixels; first += CHUNK) {
    const count = min(CHUNK, pixels - first);
    let rows = <usize>field(block, 17);
    // A pixel that is its own window is read where it lies.
    if (isPlain) rows = input + <usize>first * rowBytes;
    else gatherWindows(block, input, first, count, rowBytes, rows);
    let weights = <usize>field(block, 18), bias = <usize>field(block, 19);
    for (let channel = 0; channel < channels; channel += 8) {
      const to = out + (<usize>(first * channels + channel) << 2);
      multiply(rows, count, rowBytes, weights, bias, block, to, stride, channels - channel);
      weights += rowBytes << 3;
      bias += 32;
    }
  }
}
