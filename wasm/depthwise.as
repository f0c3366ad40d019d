// Depthwise convolution of int8, a row of outputs at a time, eight channels of four pixels together: two taps are
// interleaved and multiplied as pairs. Weights and biases have the zero points in them.
import { field } from './block';
import { fillRows, placeTaps } from './rows';
import { BIAS, GROUP_BYTES, storeOne, storeTwo } from './requantize';

@inline
function lower(x: v128, y: v128): v128 {
  return v128.shuffle<i16>(x, y, 0, 8, 1, 9, 2, 10, 3, 11);
}

@inline
function upper(x: v128, y: v128): v128 {
  return v128.shuffle<i16>(x, y, 4, 12, 5, 13, 6, 14, 7, 15);
}

// One row of outputs of eight channels, `at` bytes from where the taps of the first lie.
function rowOfGroup(block: usize, at: usize, weights: usize, constants: usize, out: usize, stride: usize, width: i32): void {
  const step = <usize>field(block, 13), taps = <usize>field(block, 23);
  const end = taps + (<usize>field(block, 12) << 3);
  const biasA = v128.load(constants, BIAS), biasB = v128.load(constants, BIAS + 16);
  let count = field(block, 11);
  for (; count >= 4; count -= 4, at += step * 4, out += stride * 4) {
    let s0a = biasA, s0b = biasB, s1a = biasA, s1b = biasB, s2a = biasA, s2b = biasB, s3a = biasA, s3b = biasB;
    for (let tap = taps, w = weights; tap < end; tap += 8, w += 32) {
      const wa = v128.load(w), wb = v128.load(w, 16);
      let p = at + load<u32>(tap), q = at + load<u32>(tap, 4);
      let x = v128.load(p), y = v128.load(q);
      s0a = i32x4.add(s0a, i32x4.dot_i16x8_s(lower(x, y), wa));
      s0b = i32x4.add(s0b, i32x4.dot_i16x8_s(upper(x, y), wb));
      p += step, q += step;
      x = v128.load(p), y = v128.load(q);
      s1a = i32x4.add(s1a, i32x4.dot_i16x8_s(lower(x, y), wa));
      s1b = i32x4.add(s1b, i32x4.dot_i16x8_s(upper(x, y), wb));
      p += step, q += step;
      x = v128.load(p), y = v128.load(q);
      s2a = i32x4.add(s2a, i32x4.dot_i16x8_s(lower(x, y), wa));
      s2b = i32x4.add(s2b, i32x4.dot_i16x8_s(upper(x, y), wb));
      p += step, q += step;
      x = v128.load(p), y = v128.load(q);
      s3a = i32x4.add(s3a, i32x4.dot_i16x8_s(lower(x, y), wa));
      s3b = i32x4.add(s3b, i32x4.dot_i16x8_s(upper(x, y), wb));
    }
    storeTwo(out, stride, s0a, s0b, s1a, s1b, constants, block, width);
    storeTwo(out + stride * 2, stride, s2a, s2b, s3a, s3b, constants, block, width);
  }
  for (; count > 0; count--, at += step, out += stride) {
    let sa = biasA, sb = biasB;
    for (let tap = taps, w = weights; tap < end; tap += 8, w += 32) {
      const x = v128.load(at + load<u32>(tap)), y = v128.load(at + load<u32>(tap, 4));
      sa = i32x4.add(sa, i32x4.dot_i16x8_s(lower(x, y), v128.load(w)));
      sb = i32x4.add(sb, i32x4.dot_i16x8_s(upper(x, y), v128.load(w, 16)));
    }
    storeOne(out, sa, sb, constants, block, width);
  }
}

/** Depthwise convolution of one image; the block is that of `depthwiseBlock`. */
export function depthwise(block: usize, input: usize, out: usize): void {
  const channels = field(block, 26), outH = field(block, 10), strideH = field(block, 14), pairs = field(block, 12);
  const outRow = field(block, 11) * channels;
  let filled = 0;
  let top = -field(block, 20);
  for (let y = 0; y < outH; y++, top += strideH, out += outRow) {
    filled = fillRows<i8>(block, input, filled, top);
    placeTaps(block, top, pairs * 2);
    let weights = <usize>field(block, 16), constants = <usize>field(block, 17);
    for (let channel = 0; channel < channels; channel += 8) {
      rowOfGroup(block, <usize>channel << 1, weights, constants, out + channel, channels, channels - channel);
      weights += <usize>pairs << 5;
      constants += GROUP_BYTES;
    }
  }
}
