import type { Image } from '../../pictures/image.ts';
import { blueOf, greenOf, packRgb565, redOf } from '../../pictures/rgb565.ts';

export { blueOf, greenOf, packRgb565, redOf };

/** Height, width and channels of a model's input map. */
export interface InputMap {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/** A frame of the camera: 16-bit RGB565, or 8-bit grey. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array | Uint16Array;
}

/** The picture as the camera's driver would hold it: grey as it is, colours packed to RGB565. */
export function frameOf({ width, height, channels, pixels }: Image): Frame {
  if (channels === 1) return { width, height, pixels };
  const packed = new Uint16Array(width * height);
  for (let at = 0; at < packed.length; at++) {
    packed[at] = packRgb565(pixels[3 * at], pixels[3 * at + 1], pixels[3 * at + 2]);
  }
  return { width, height, pixels: packed };
}

/** Red, green and blue bytes of an RGB565 frame, one pixel after the other. */
export function unpackRgb565(pixels: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(pixels.length * 3);
  pixels.forEach((pixel, at) => bytes.set([redOf(pixel), greenOf(pixel), blueOf(pixel)], 3 * at));
  return bytes;
}
