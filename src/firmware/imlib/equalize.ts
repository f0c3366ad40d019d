import { blueOf, greenOf, packRgb565, redOf } from '../../pictures/rgb565.ts';
import { f32 } from './float32.ts';
import type { Raster } from './raster.ts';

const MOST = 255;
const byte = (value: number): number => Math.min(Math.max(value, 0), MOST);
const COLOURS = 0x10000;

interface YuvTable {
  readonly y: Uint8Array;
  readonly u: Int8Array;
  readonly v: Int8Array;
}

let known: YuvTable | undefined;

/** Brightness and the two differences of colour of every pixel; made when first asked for. */
function yuvTable(): YuvTable {
  if (known) return known;
  const made = { y: new Uint8Array(COLOURS), u: new Int8Array(COLOURS), v: new Int8Array(COLOURS) };
  for (let pixel = 0; pixel < COLOURS; pixel++) {
    const [red, green, blue] = [redOf(pixel), greenOf(pixel), blueOf(pixel)];
    made.y[pixel] = (red * 9770 + green * 19182 + blue * 3736) >> 15;
    // The firmware keeps the low eight bits, as a number with a sign.
    made.u[pixel] = ((blue << 14) - red * 5529 - green * 10855) >> 15;
    made.v[pixel] = ((red << 14) - green * 13682 - blue * 2664) >> 15;
  }
  return (known = made);
}

/** imlib_yuv_to_rgb. */
function pixelOf(y: number, u: number, v: number): number {
  return packRgb565(
    byte(y + ((91881 * v) >> 16)),
    byte(y - ((22554 * u + 46802 * v) >> 16)),
    byte(y + ((116130 * u) >> 16)),
  );
}

/**
 * `img.histeq()`: each grey value, or each colour's brightness, becomes the share of pixels that are not brighter, of 255.
 * Source: imlib_histeq of openmv/openmv v3.9 (src/omv/imlib/filter.c), in float32.
 */
export function equalize({ width, height, format, pixels }: Raster): void {
  const count = width * height;
  const table = format === 'grayscale' ? undefined : yuvTable();
  const upTo = new Uint32Array(MOST + 1);
  for (let at = 0; at < count; at++) upTo[table ? table.y[pixels[at]] : pixels[at]]++;
  for (let value = 1; value <= MOST; value++) upTo[value] += upTo[value - 1];
  const scale = f32(MOST / count);
  const equalized = Uint8Array.from(upTo, (pixelsUpTo) => Math.floor(f32(scale * pixelsUpTo)));
  for (let at = 0; at < count; at++) {
    const pixel = pixels[at];
    pixels[at] = table
      ? pixelOf(equalized[table.y[pixel]], table.u[pixel], table.v[pixel])
      : equalized[pixel];
  }
}
