/** Maps with a border of one pixel on each side, [c][y + 2][x + 2]. */
export interface PaddedMaps {
  readonly bytes: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/** Copies planar maps into `padded`, whose border holds the pad value already. */
export function fillPadded({ bytes, height, width }: PaddedMaps, planar: Uint8Array, channels: number): void {
  const pitch = width + 2;
  let from = 0;
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++, from += width) {
      const to = (c * (height + 2) + y + 1) * pitch + 1;
      for (let x = 0; x < width; x++) bytes[to + x] = planar[from + x]!;
    }
  }
}

/** Adds the 3x3 correlation of padded map `c` with nine weights from `w` to the sums [y][x]; all int32. */
export function addWindow3x3(
  { bytes, height, width }: PaddedMaps,
  c: number,
  weights: ArrayLike<number>,
  w: number,
  sums: Int32Array,
): void {
  const pitch = width + 2;
  const [w0, w1, w2] = [weights[w] | 0, weights[w + 1] | 0, weights[w + 2] | 0];
  const [w3, w4, w5] = [weights[w + 3] | 0, weights[w + 4] | 0, weights[w + 5] | 0];
  const [w6, w7, w8] = [weights[w + 6] | 0, weights[w + 7] | 0, weights[w + 8] | 0];
  let at = 0;
  for (let y = 0; y < height; y++) {
    let row = (c * (height + 2) + y) * pitch;
    let [a0, a1] = [bytes[row] | 0, bytes[row + 1] | 0];
    let [b0, b1] = [bytes[row + pitch] | 0, bytes[row + pitch + 1] | 0];
    let [c0, c1] = [bytes[row + 2 * pitch] | 0, bytes[row + 2 * pitch + 1] | 0];
    for (let x = 0; x < width; x++, at++, row++) {
      const a2 = bytes[row + 2];
      const b2 = bytes[row + pitch + 2];
      const c2 = bytes[row + 2 * pitch + 2];
      const top = (Math.imul(a0, w0) + Math.imul(a1, w1) + Math.imul(a2, w2)) | 0;
      const middle = (Math.imul(b0, w3) + Math.imul(b1, w4) + Math.imul(b2, w5)) | 0;
      const bottom = (Math.imul(c0, w6) + Math.imul(c1, w7) + Math.imul(c2, w8)) | 0;
      sums[at] = (sums[at] + top + middle + bottom) | 0;
      a0 = a1;
      a1 = a2;
      b0 = b1;
      b1 = b2;
      c0 = c1;
      c1 = c2;
    }
  }
}

/** Adds four planar maps of `pixels` from `from`, each times its weight from `w`, to the sums; all int32. */
export function addFourMaps(
  planar: Uint8Array,
  from: number,
  pixels: number,
  weights: ArrayLike<number>,
  w: number,
  sums: Int32Array,
): void {
  const [w0, w1, w2, w3] = [weights[w] | 0, weights[w + 1] | 0, weights[w + 2] | 0, weights[w + 3] | 0];
  const [at1, at2, at3] = [from + pixels, from + 2 * pixels, from + 3 * pixels];
  for (let p = 0; p < pixels; p++) {
    const left = (Math.imul(planar[from + p], w0) + Math.imul(planar[at1 + p], w1)) | 0;
    const right = (Math.imul(planar[at2 + p], w2) + Math.imul(planar[at3 + p], w3)) | 0;
    sums[p] = (sums[p] + left + right) | 0;
  }
}

/** Adds one planar map times a weight to the sums. */
export function addMap(
  planar: Uint8Array,
  from: number,
  pixels: number,
  weight: number,
  sums: Int32Array,
): void {
  for (let p = 0; p < pixels; p++) sums[p] = (sums[p] + Math.imul(planar[from + p], weight)) | 0;
}
