import type { Raster } from './raster.ts';

/**
 * Clears pixels that have fewer set neighbours than the threshold (erode), or sets those that have more (dilate), in an
 * image of black and white; border pixels repeat. In other images what counts as set is, as on the board, the lowest bit,
 * and near the rim of a grey one the highest.
 * Source: imlib_erode_dilate of openmv/openmv v3.9 (src/omv/imlib/binary.c).
 */
export function erodeOrDilate(image: Raster, reach: number, threshold: number, dilates: boolean): void {
  const { width, height, pixels, format } = image;
  const before = pixels.slice(0, width * height);
  const rimShift = format === 'grayscale' ? 7 : 0;
  const at = (x: number, y: number) =>
    before[Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)];
  const white = format === 'grayscale' ? 0xff : 0xffff;
  for (let y = 0; y < height; y++) {
    let count = 0;
    for (let x = 0; x < width; x++) {
      const isInner = x > reach && x < width - reach && y >= reach && y < height - reach;
      if (!isInner) count = dilates ? 0 : -1;
      for (let dy = -reach; dy <= reach; dy++) {
        if (isInner) count += (at(x + reach, y + dy) & 1) - (at(x - reach - 1, y + dy) & 1);
        else for (let dx = -reach; dx <= reach; dx++) count += (at(x + dx, y + dy) >> rimShift) & 1;
      }
      if (!dilates && count < threshold) pixels[y * width + x] = 0;
      if (dilates && count > threshold) pixels[y * width + x] = white;
    }
  }
}
