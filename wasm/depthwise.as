// Depthwise convolution of int8, a row of outputs at a time, eight channels of four pixels together: two taps are
// interleaved and multiplied as pairs. Weights and biases have the zero points in them.
import { field } from './block';
import { lower, rowOf3x3, upper } from './depthwise-3x3';
import { fillRows, placeTaps } from './rows';
import { BIAS, Bounded, GROUP_BYTES, isBounded, isUsual, storeOne, storeTwo, Unusual, Usual } from './requantize';

function row<Ending>(block: usize, at: usize, weights: usize, constants: usize, out: usize, stride: usize, width: i32): void {
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
    storeTwo<Ending>(out, stride, s0a, s0b, s1a, s1b, constants, block, width);
    storeTwo<Ending>(out + stride * 2, stride, s2a, s2b, s3a, s3b, constants, block, width);
  }
  for (; count > 0; count--, at += step, out += stride) {
    let sa = biasA, sb = biasB;
    for (let tap = taps, w = weights; tap < end; tap += 8, w += 32) {
      const x = v128.load(at + load<u32>(tap)), y = v128.load(at + load<u32>(tap, 4));
      sa = i32x4.add(sa, i32x4.dot_i16x8_s(lower(x, y), v128.load(w)));
      sb = i32x4.add(sb, i32x4.dot_i16x8_s(upper(x, y), v128.load(w, 16)));
    }
    storeOne<Ending>(out, sa, sb, constants, block, width);
  }
}

// One row of outputs of eight channels, `at` bytes from where the taps of the first lie; weights are [pair][channel][2].
function rowOfGroup(block: usize, at: usize, weights: usize, constants: usize, out: usize, stride: usize, width: i32): void {
  if (!isUsual(constants, width)) row<Unusual>(block, at, weights, constants, out, stride, width);
  else if (isBounded(block)) row<Bounded>(block, at, weights, constants, out, stride, width);
  else row<Usual>(block, at, weights, constants, out, stride, width);
}

/** Depthwise convolution of one image; the block is that of `depthwiseBlock`. */
export function depthwise(block: usize, input: usize, out: usize): void {
  const channels = field(block, 26), outH = field(block, 10), strideH = field(block, 14), pairs = field(block, 12);
  const outRow = field(block, 11) * channels, is3x3 = field(block, 27), groupBytes = <usize>field(block, 28);
  const groupRowBytes = <usize>field(block, 6);
  let filled = 0;
  let top = -field(block, 20);
  for (let y = 0; y < outH; y++, top += strideH, out += outRow) {
    filled = fillRows<i8, i16>(block, input, filled, top);
    placeTaps(block, top, pairs * 2);
    let weights = <usize>field(block, 16), constants = <usize>field(block, 17);
    for (let channel = 0, at: usize = 0; channel < channels; channel += 8, at += groupRowBytes) {
      const to = out + channel, width = channels - channel;
      if (is3x3) rowOf3x3(block, at, weights, constants, to, channels, width);
      else rowOfGroup(block, at, weights, constants, to, channels, width);
      weights += groupBytes;
      constants += GROUP_BYTES;
    }
  }
}
