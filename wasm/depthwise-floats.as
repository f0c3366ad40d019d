// Depthwise convolution of float32, a row of outputs at a time, eight channels of four pixels together.
import { field } from './block';
import { storeBounded } from './conv-floats';
import { fillRows, placeTaps } from './rows';

// One row of outputs of eight channels, `at` bytes from where the taps of the first lie.
function rowOfGroup(block: usize, at: usize, weights: usize, bias: usize, out: usize, stride: usize, width: i32): void {
  const step = <usize>field(block, 13), taps = <usize>field(block, 23);
  const end = taps + (<usize>field(block, 12) << 2);
  let count = field(block, 11);
  for (; count >= 4; count -= 4, at += step * 4, out += stride * 4) {
    let s0a = f32x4.splat(0), s0b = s0a, s1a = s0a, s1b = s0a, s2a = s0a, s2b = s0a, s3a = s0a, s3b = s0a;
    for (let tap = taps, w = weights; tap < end; tap += 4, w += 32) {
      const wa = v128.load(w), wb = v128.load(w, 16);
      let p = at + load<u32>(tap);
      s0a = f32x4.add(s0a, f32x4.mul(v128.load(p), wa));
      s0b = f32x4.add(s0b, f32x4.mul(v128.load(p, 16), wb));
      p += step;
      s1a = f32x4.add(s1a, f32x4.mul(v128.load(p), wa));
      s1b = f32x4.add(s1b, f32x4.mul(v128.load(p, 16), wb));
      p += step;
      s2a = f32x4.add(s2a, f32x4.mul(v128.load(p), wa));
      s2b = f32x4.add(s2b, f32x4.mul(v128.load(p, 16), wb));
      p += step;
      s3a = f32x4.add(s3a, f32x4.mul(v128.load(p), wa));
      s3b = f32x4.add(s3b, f32x4.mul(v128.load(p, 16), wb));
    }
    storeBounded(out, s0a, s0b, bias, block, width);
    storeBounded(out + stride, s1a, s1b, bias, block, width);
    storeBounded(out + stride * 2, s2a, s2b, bias, block, width);
    storeBounded(out + stride * 3, s3a, s3b, bias, block, width);
  }
  for (; count > 0; count--, at += step, out += stride) {
    let sa = f32x4.splat(0), sb = sa;
    for (let tap = taps, w = weights; tap < end; tap += 4, w += 32) {
      const p = at + load<u32>(tap);
      sa = f32x4.add(sa, f32x4.mul(v128.load(p), v128.load(w)));
      sb = f32x4.add(sb, f32x4.mul(v128.load(p, 16), v128.load(w, 16)));
    }
    storeBounded(out, sa, sb, bias, block, width);
  }
}

/** Depthwise convolution of one float32 image; the block is that of `depthwiseBlock`, bounds as float bits. */
export function depthwiseFloats(block: usize, input: usize, out: usize): void {
  const channels = field(block, 26), outH = field(block, 10), strideH = field(block, 14), taps = field(block, 12);
  const stride = <usize>channels << 2, outRow = <usize>field(block, 11) * stride;
  const groupRowBytes = <usize>field(block, 6);
  let filled = 0;
  let top = -field(block, 20);
  for (let y = 0; y < outH; y++, top += strideH, out += outRow) {
    filled = fillRows<f32, f32>(block, input, filled, top);
    placeTaps(block, top, taps);
    let weights = <usize>field(block, 16), bias = <usize>field(block, 17);
    for (let channel = 0, at: usize = 0; channel < channels; channel += 8, at += groupRowBytes) {
      rowOfGroup(block, at, weights, bias, out + (<usize>channel << 2), stride, channels - channel);
      weights += <usize>taps << 5;
      bias += 32;
    }
  }
}
