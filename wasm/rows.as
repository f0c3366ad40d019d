// The input rows that a depthwise window sees: a ring of them, as they are or widened (int8 to int16), eight channels of all
// columns behind each other, then the next eight, with a border left and right that is filled once, before. Rows above and
// below the image are one row of the border's value. T is the type of the elements in the image, R in the ring.
import { field } from './block';

@inline
function copyEight<T, R>(from: usize, to: usize): void {
  if (sizeof<T>() == 4) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
  } else v128.store(to, v128.load8x8_s(from));
}

/** Eight channels of each pixel; where there are less, what follows them in the image comes along. */
@inline
function copyGroup<T, R>(from: usize, to: usize, pixels: i32, pixelBytes: usize): void {
  for (let x = 0; x < pixels; x++, from += pixelBytes, to += sizeof<R>() << 3) copyEight<T, R>(from, to);
}

// Each channel of a pixel `multiplier` times, one behind the other.
function repeatChannels<T, R>(from: usize, to: usize, channels: i32, multiplier: i32, groupRowBytes: usize): void {
  let lane: usize = 0;
  for (let channel = 0; channel < channels; channel++, from += sizeof<T>()) {
    const value = <R>load<T>(from);
    for (let times = 0; times < multiplier; times++) {
      store<R>(to + lane * sizeof<R>(), value);
      if (++lane < 8) continue;
      lane = 0;
      to += groupRowBytes;
    }
  }
}

function fillRow<T, R>(block: usize, from: usize, to: usize): void {
  const pixels = field(block, 4), channels = field(block, 5), multiplier = field(block, 25);
  const groupRowBytes = <usize>field(block, 6), pixelBytes = <usize>channels * sizeof<T>();
  if (multiplier == 1) {
    for (let channel = 0; channel < channels; channel += 8, from += sizeof<T>() << 3, to += groupRowBytes) {
      copyGroup<T, R>(from, to, pixels, pixelBytes);
    }
    return;
  }
  for (let x = 0; x < pixels; x++, to += sizeof<R>() << 3, from += pixelBytes) {
    repeatChannels<T, R>(from, to, channels, multiplier, groupRowBytes);
  }
}

/** Brings the image's rows below `end` into the ring, those at `filled` and after first; returns what is then filled. */
export function fillRows<T, R>(block: usize, input: usize, filled: i32, top: i32): i32 {
  const inH = field(block, 3), ringRows = field(block, 22);
  const rowBytes = <usize>field(block, 7);
  const ring = <usize>field(block, 9) + <usize>field(block, 21);
  const inputRow = <usize>(field(block, 4) * field(block, 5)) * sizeof<T>();
  const end = min(top + ringRows, inH);
  let y = max(filled, top);
  for (; y < end; y++) fillRow<T, R>(block, input + <usize>y * inputRow, ring + <usize>(y % ringRows) * rowBytes);
  return max(filled, end);
}

/** Where each tap of the row's first window lies: `count` byte offsets, from pairs (row of the window, offset in the row). */
export function placeTaps(block: usize, top: i32, count: i32): void {
  const inH = field(block, 3), ringRows = field(block, 22);
  const ring = <usize>field(block, 9), rowBytes = <usize>field(block, 7), outside = <usize>field(block, 24);
  let tap = <usize>field(block, 15), to = <usize>field(block, 23);
  for (let at = 0; at < count; at++, tap += 8, to += 4) {
    const y = top + load<i32>(tap);
    const row = <u32>y < <u32>inH ? ring + <usize>(y % ringRows) * rowBytes : outside;
    store<u32>(to, <u32>row + load<u32>(tap, 4));
  }
}
