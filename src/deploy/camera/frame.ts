import type { Image } from '../../pictures/image.ts';

/** Height, width and channels of a model's input map. */
export interface InputMap {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/** The 16-bit pixel of a camera's frame: COLOR_R8_G8_B8_TO_RGB565 of both firmwares (imlib.h). */
export function packRgb565(red: number, green: number, blue: number): number {
  return ((red & 0xf8) << 8) | ((green & 0xfc) << 3) | (blue >> 3);
}

/** COLOR_RGB565_TO_R8, _G8 and _B8 of both firmwares: the high bits repeated in the low ones. */
export function redOf(pixel: number): number {
  const bits = (pixel >> 8) & 0xf8;
  return bits | (bits >> 5);
}

export function greenOf(pixel: number): number {
  const bits = (pixel >> 3) & 0xfc;
  return bits | (bits >> 6);
}

export function blueOf(pixel: number): number {
  const bits = (pixel << 3) & 0xf8;
  return bits | (bits >> 5);
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
