import { blueOf, greenOf, packRgb565, redOf } from '../../pictures/rgb565.ts';
import { f32 } from './float32.ts';
import type { Raster } from './raster.ts';

const MOST = 255;
const byte = (value: number): number => Math.min(Math.max(value, 0), MOST);
/** The low eight bits as a number with a sign, which the firmware keeps of the two differences of colour. */
const signed = (value: number): number => (value << 24) >> 24;

interface Yuv {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

function yuvOf(pixel: number): Yuv {
  const [red, green, blue] = [redOf(pixel), greenOf(pixel), blueOf(pixel)];
  return {
    y: (red * 9770 + green * 19182 + blue * 3736) >> 15,
    u: signed(((blue << 14) - red * 5529 - green * 10855) >> 15),
    v: signed(((red << 14) - green * 13682 - blue * 2664) >> 15),
  };
}

/** imlib_yuv_to_rgb. */
function pixelOf({ y, u, v }: Yuv): number {
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
  const isGrey = format === 'grayscale';
  const brightness = (pixel: number) => (isGrey ? pixel : yuvOf(pixel).y);
  const upTo = new Uint32Array(MOST + 1);
  for (let at = 0; at < count; at++) upTo[brightness(pixels[at])]++;
  for (let value = 1; value <= MOST; value++) upTo[value] += upTo[value - 1];
  const scale = f32(MOST / count);
  const equalized = Uint8Array.from(upTo, (pixelsUpTo) => Math.floor(f32(scale * pixelsUpTo)));
  if (isGrey) {
    for (let at = 0; at < count; at++) pixels[at] = equalized[pixels[at]];
    return;
  }
  /** What a pixel becomes, by its value, once one of it was met. */
  const known = new Int32Array(0x10000).fill(-1);
  for (let at = 0; at < count; at++) {
    const pixel = pixels[at];
    if (known[pixel] < 0) {
      const colour = yuvOf(pixel);
      known[pixel] = pixelOf({ ...colour, y: equalized[colour.y] });
    }
    pixels[at] = known[pixel];
  }
}
