import type { Raster } from './raster.ts';
import { windowSums } from './window-sums.ts';

/**
 * Clears pixels that have fewer set neighbours than the threshold (erode), or sets those that have more (dilate), in an
 * image of black and white; border pixels repeat. In other images what counts as set is, as on the board, the lowest bit,
 * and near the rim of a grey one the highest: a row's count begins there and goes on by the lowest bits of the columns
 * that come in and go out.
 * Source: imlib_erode_dilate of openmv/openmv v3.9 (src/omv/imlib/binary.c).
 */
export function erodeOrDilate(image: Raster, reach: number, threshold: number, dilates: boolean): void {
  const { width, height, pixels, format } = image;
  const rimShift = format === 'grayscale' ? 7 : 0;
  const setWithin = (shift: number) => {
    const values = Uint8Array.from({ length: width * height }, (_, at) => (pixels[at] >> shift) & 1);
    return windowSums({ width, height, values }, reach);
  };
  const atRim = setWithin(rimShift);
  const inside = rimShift === 0 ? atRim : setWithin(0);
  const white = format === 'grayscale' ? 0xff : 0xffff;
  const own = dilates ? 0 : 1;
  for (let y = 0; y < height; y++) {
    const isInnerRow = y >= reach && y < height - reach;
    const first = y * width + reach;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const isInner = isInnerRow && x > reach && x < width - reach;
      const count = (isInner ? atRim[first] + inside[at] - inside[first] : atRim[at]) - own;
      if (!dilates && count < threshold) pixels[at] = 0;
      if (dilates && count > threshold) pixels[at] = white;
    }
  }
}
