import { f32, roundEven } from './float32.ts';
import type { Raster } from './raster.ts';

/** How much a lens bends (1.8 for one of 2.8 mm), what the result is enlarged by, and where its axis is: parts of a side. */
export interface LensCorrection {
  readonly strength: number;
  readonly zoom: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/**
 * Each pixel becomes the one of `from` that a lens showed in its place: closer to the centre by atan(r) / r, where r is
 * its whole distance times the strength over the diagonal. All four quarters are the first one mirrored, so that the
 * middle row and column of odd sides stay black, as does what lies outside. `from` holds the pixels before.
 * Source: imlib_lens_corr of openmv/openmv v3.9 (src/omv/imlib/imlib.c), in float32.
 */
export function correctLens(image: Raster, from: Raster['pixels'], lens: LensCorrection): void {
  const { width, height, pixels } = image;
  const [halfWidth, halfHeight] = [width >> 1, height >> 1];
  const offset = {
    x: Math.trunc(f32(width * f32(lens.offsetX))),
    y: Math.trunc(f32(height * f32(lens.offsetY))),
  };
  const shrink = shrinkTable(width, height, lens);
  const put = (x: number, y: number, fromX: number, fromY: number) => {
    const isInside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height;
    if (isInside) pixels[y * width + x] = from[fromY * width + fromX];
  };
  pixels.fill(0);
  for (let y = 0; y < halfHeight; y++) {
    const aside = y - halfHeight;
    for (let x = 0; x < halfWidth; x++) {
      const along = x - halfWidth;
      const factor = shrink[Math.floor(f32(Math.sqrt(along * along + aside * aside)))];
      const [toX, toY] = [roundEven(f32(factor * along)), roundEven(f32(factor * aside))];
      const [left, right] = [halfWidth + offset.x + toX, width - 1 - halfWidth + offset.x - toX];
      const [top, bottom] = [halfHeight + offset.y + toY, height - 1 - halfHeight + offset.y - toY];
      put(x, y, left, top);
      put(width - 1 - x, y, right, top);
      put(x, height - 1 - y, left, bottom);
      put(width - 1 - x, height - 1 - y, right, bottom);
    }
  }
}

/** By whole distance from the centre: what it is multiplied by. */
function shrinkTable(width: number, height: number, { strength, zoom }: LensCorrection): Float32Array {
  const diagonal = f32(Math.sqrt(width * width + height * height));
  const bend = f32(f32(strength) / diagonal);
  const table = new Float32Array(Math.ceil(f32(diagonal / 2)) + 1);
  return table.map((_, distance) => {
    const r = f32(bend * distance);
    return f32(f32(f32(Math.atan(r)) / r) * f32(1 / f32(zoom)));
  });
}
