import { blueOf, greenOf, packRgb565, redOf } from '../../deploy/camera/frame.ts';
import { greyOfMaixpy, resizeMaixpy } from '../../deploy/camera/maixpy-camera.ts';
import { greyOfOpenmv } from '../../deploy/camera/openmv-camera.ts';

/** Firmwares whose image modules differ in these conversions. */
export type ImageFirmware = 'maixpy' | 'openmv';

/** 8 bits a pixel, or 16 bits of red 5, green 6, blue 5. */
export type GuestFormat = 'grayscale' | 'rgb565';

/**
 * An image as the guest's firmware holds it. Images may share their bytes: a snapshot lies in the frame buffer, and
 * `to_grayscale()` without a copy writes into the image that it came from.
 */
export interface GuestImage {
  readonly width: number;
  readonly height: number;
  readonly format: GuestFormat;
  /** Row by row; at least width x height elements. */
  readonly pixels: Uint8Array | Uint16Array;
}

export const bytesPerPixel = (format: GuestFormat): 1 | 2 => (format === 'grayscale' ? 1 : 2);
export const isGrey = ({ format }: GuestImage) => format === 'grayscale';

/** Pixels in memory of their own, or at the start of `memory`. */
export function makeImage(
  width: number,
  height: number,
  format: GuestFormat,
  memory = new ArrayBuffer(width * height * bytesPerPixel(format)),
): GuestImage {
  const pixels =
    format === 'grayscale'
      ? new Uint8Array(memory, 0, width * height)
      : new Uint16Array(memory, 0, width * height);
  return { width, height, format, pixels };
}

export const greyToRgb565 = (grey: number): number => packRgb565(grey, grey, grey);

/** COLOR_RGB565_TO_GRAYSCALE, whose rounding differs between the firmwares. */
export function rgb565ToGrey(pixel: number, firmware: ImageFirmware): number {
  return firmware === 'maixpy' ? greyOfMaixpy(pixel) : greyOfOpenmv(pixel);
}

/** One pixel's value as an image of `format` would hold it. */
export function convertPixel(
  pixel: number,
  from: GuestFormat,
  to: GuestFormat,
  firmware: ImageFirmware,
): number {
  if (from === to) return pixel;
  return to === 'grayscale' ? rgb565ToGrey(pixel, firmware) : greyToRgb565(pixel);
}

/** Writes the pixels of `image` into `target`, which may lie in the same memory. */
export function convertInto(image: GuestImage, target: GuestImage, firmware: ImageFirmware): void {
  const count = image.width * image.height;
  // Where pixels grow in place, the last goes first.
  const isGrowing = bytesPerPixel(target.format) > bytesPerPixel(image.format);
  for (let step = 0; step < count; step++) {
    const at = isGrowing ? count - 1 - step : step;
    target.pixels[at] = convertPixel(image.pixels[at], image.format, target.format, firmware);
  }
}

/** `img.get_pixel(x, y)`: the grey value, the 16 bits of a colour, or null outside of the image. */
export function getPixel(image: GuestImage, x: number, y: number): number | null {
  if (x < 0 || y < 0 || x >= image.width || y >= image.height) return null;
  return image.pixels[y * image.width + x];
}

/** imlib_set_pixel: what lies outside of the image is left out. */
export function setPixel(image: GuestImage, x: number, y: number, value: number): void {
  if (x < 0 || y < 0 || x >= image.width || y >= image.height) return;
  image.pixels[y * image.width + x] = value;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** The part of `roi` that lies in the image (rectangle_subimg of imlib); null where nothing does. */
export function clipRectangle(roi: Rectangle, image: Pick<GuestImage, 'width' | 'height'>): Rectangle | null {
  const [x, y] = [Math.max(roi.x, 0), Math.max(roi.y, 0)];
  const width = Math.min(roi.x + roi.width, image.width) - x;
  const height = Math.min(roi.y + roi.height, image.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Copies the part `roi`, which must lie in the image, to the start of `target`. */
export function copyRectangle(image: GuestImage, roi: Rectangle, target: GuestImage): void {
  for (let y = 0; y < roi.height; y++) {
    const from = (roi.y + y) * image.width + roi.x;
    target.pixels.set(image.pixels.subarray(from, from + roi.width), y * target.width);
  }
}

/** `img.resize(w, h)` of MaixPy into `target` (py_image_resize). */
export function resizeInto(image: GuestImage, target: GuestImage): void {
  target.pixels.set(resizeMaixpy(image, target.width, target.height));
}

/** Bytes that `pix_to_ai()` writes: one plane of a grey image, three of a colour image. */
export const planesBytes = (image: GuestImage): number =>
  image.width * image.height * (isGrey(image) ? 1 : 3);

/** `img.pix_to_ai()` (py_image_pix_to_ai): red, green and blue planes in `planes`. */
export function writePlanes(image: GuestImage, planes: Uint8Array): void {
  const area = image.width * image.height;
  if (isGrey(image)) {
    planes.set((image.pixels as Uint8Array).subarray(0, area));
    return;
  }
  for (let at = 0; at < area; at++) {
    const pixel = image.pixels[at];
    planes[at] = redOf(pixel);
    planes[area + at] = greenOf(pixel);
    planes[2 * area + at] = blueOf(pixel);
  }
}
