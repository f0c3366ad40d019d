import type { PaddedMaps } from './sums.ts';

/**
 * Two output channels in one double: the second counts 2^26. Their sums stay apart and exact while both are below 2^26,
 * which 1032 taps of bytes are (measured twice as fast as int32, `npm run bench -- kpu`).
 */
const PACK_RADIX = 2 ** 26;
export const MAX_PACKED_TAPS = Math.floor((PACK_RADIX - 1) / (255 * 255));

/** Weights of each pair of channels, `taps` each, packed; an odd last channel stands alone. */
export function packWeights(weights: Uint8Array, channels: number, taps: number): Float64Array {
  const packed = new Float64Array(Math.ceil(channels / 2) * taps);
  for (let o = 0; o < channels; o++) {
    const radix = o % 2 === 0 ? 1 : PACK_RADIX;
    for (let tap = 0; tap < taps; tap++) packed[(o >> 1) * taps + tap] += weights[o * taps + tap] * radix;
  }
  return packed;
}

/** As `addWindow3x3`, for two packed channels. */
export function addPackedWindow3x3(
  { bytes, height, width }: PaddedMaps,
  c: number,
  weights: Float64Array,
  w: number,
  sums: Float64Array,
): void {
  const pitch = width + 2;
  const [w0, w1, w2] = [weights[w], weights[w + 1], weights[w + 2]];
  const [w3, w4, w5] = [weights[w + 3], weights[w + 4], weights[w + 5]];
  const [w6, w7, w8] = [weights[w + 6], weights[w + 7], weights[w + 8]];
  let at = 0;
  for (let y = 0; y < height; y++) {
    let row = (c * (height + 2) + y) * pitch;
    let [a0, a1] = [bytes[row], bytes[row + 1]];
    let [b0, b1] = [bytes[row + pitch], bytes[row + pitch + 1]];
    let [c0, c1] = [bytes[row + 2 * pitch], bytes[row + 2 * pitch + 1]];
    for (let x = 0; x < width; x++, at++, row++) {
      const a2 = bytes[row + 2];
      const b2 = bytes[row + pitch + 2];
      const c2 = bytes[row + 2 * pitch + 2];
      const top = a0 * w0 + a1 * w1 + a2 * w2;
      const middle = b0 * w3 + b1 * w4 + b2 * w5;
      const bottom = c0 * w6 + c1 * w7 + c2 * w8;
      sums[at] = sums[at] + top + (middle + bottom);
      a0 = a1;
      a1 = a2;
      b0 = b1;
      b1 = b2;
      c0 = c1;
      c1 = c2;
    }
  }
}

/** Adds one planar map times two packed weights to the sums. */
export function addPackedMap(
  planar: Uint8Array,
  from: number,
  pixels: number,
  weight: number,
  sums: Float64Array,
): void {
  for (let p = 0; p < pixels; p++) sums[p] = sums[p] + planar[from + p] * weight;
}

/** The sums of both channels. */
export function unpackSums(packed: Float64Array, first: Int32Array, second: Int32Array): void {
  for (let p = 0; p < packed.length; p++) {
    const high = Math.floor(packed[p] / PACK_RADIX);
    second[p] = high;
    first[p] = packed[p] - high * PACK_RADIX;
  }
}
