import { GuestError } from '../guest-error.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { drawImage } from './draw.ts';
import {
  bytesPerPixel,
  clipRectangle,
  convertInto,
  copyRectangle,
  getPixel,
  isGrey,
  makeImage,
  resizeInto,
  setPixel,
  writePlanes,
} from './guest-image.ts';
import type { GuestFormat, GuestImage, ImageFirmware, Rectangle } from './guest-image.ts';
import { loadImage } from './load-image.ts';
import {
  binarize,
  clear,
  greyStatistics,
  invert,
  meanPool,
  rgbOf,
  stretchCharacter,
} from './pixel-operations.ts';
import type { GreyRange } from './pixel-operations.ts';
import { greyHistogram } from './pixel-operations.ts';
import type { AllocateOptions, Images, Memory } from './image-heap.ts';

/** Formats as numbers between Python and host. */
export const FORMATS: readonly GuestFormat[] = ['grayscale', 'rgb565'];

/** What the modules of one run share. */
export interface ImageParts {
  readonly hardware: VirtualHardware;
  readonly images: Images;
  readonly firmware: ImageFirmware;
  /** The camera's frame buffer, which snapshots and `copy_to_fb` share. */
  readonly frameBuffer: Memory;
}

const areaOf = ({ width, height }: { width: number; height: number }) => width * height;

/** Charges one call of an image function and, by `image.KIND.pixel`, its pixels. */
export function payFor(hardware: VirtualHardware, kind: string, pixels: number): void {
  hardware.spend('image.call');
  hardware.spend(`image.${kind}.pixel`, pixels);
}

/** An OSError with a text, which is what an assertion of the firmwares raises (py_assert.h). */
export function assertGuest(holds: boolean, message: string): void {
  if (!holds) throw new GuestError('OSError', message);
}

function checkDimensions(width: number, height: number): void {
  if (width >= 1 && height >= 1 && width <= 0x7fff && height <= 0x7fff) return;
  throw new GuestError('ValueError', `an image of ${width} x ${height} pixels cannot be made`);
}

/** The part of an image that a script asks for. Throws a GuestError where none of it lies in the image. */
export function partOf(image: GuestImage, roi: Rectangle): Rectangle {
  const part = clipRectangle(roi, image);
  if (part) return part;
  throw new GuestError('OSError', 'Invalid ROI dimensions!');
}

function greyPart(image: GuestImage, roi: Rectangle, name: string): GuestImage {
  const part = partOf(greyOnly(image, name), roi);
  const copy = makeImage(part.width, part.height, 'grayscale');
  copyRectangle(image, part, copy);
  return copy;
}

/** Making, loading, copying: what answers with the handle of a new image. */
export function makingModule({ hardware, images, firmware, frameBuffer }: ImageParts): HostModule {
  const allocate = (
    width: number,
    height: number,
    format: GuestFormat,
    isFrame = false,
    options?: AllocateOptions,
  ) => {
    if (!isFrame) return images.allocate(width, height, format, options);
    assertGuest(width * height * bytesPerPixel(format) <= frameBuffer.pixels.byteLength, 'FB Overflow!');
    return images.share(makeImage(width, height, format, frameBuffer.pixels), frameBuffer);
  };
  // MaixPy takes the accelerator's planes together with every copy (py_image.c: pix_ai = xalloc(w * h * 3)).
  const withPlanes = firmware === 'maixpy';
  return {
    image_new(width: number, height: number, format: number, isFrame: boolean) {
      checkDimensions(width, height);
      const handle = allocate(width, height, FORMATS[format], isFrame);
      clear(images.get(handle));
      payFor(hardware, 'fill', areaOf({ width, height }));
      return handle;
    },
    image_load(path: string, isFrame: boolean) {
      const loaded = loadImage(hardware.files, path);
      const handle = allocate(loaded.width, loaded.height, loaded.format, isFrame);
      images.get(handle).pixels.set(loaded.pixels);
      payFor(hardware, 'load', areaOf(loaded));
      return handle;
    },
    image_copy(handle: number, x: number, y: number, width: number, height: number, isFrame: boolean) {
      const image = images.get(handle);
      const part = partOf(image, { x, y, width, height });
      const copy = allocate(part.width, part.height, image.format, isFrame, { withPlanes });
      copyRectangle(image, part, images.get(copy));
      payFor(hardware, 'copy', areaOf(part));
      return copy;
    },
    image_cut(handle: number, x: number, y: number, width: number, height: number) {
      checkDimensions(width, height);
      const image = images.get(handle);
      const cut = images.allocate(width, height, image.format);
      const part = clipRectangle({ x, y, width, height }, image);
      if (part) copyRectangle(image, part, images.get(cut));
      payFor(hardware, 'copy', areaOf({ width, height }));
      return cut;
    },
    image_convert(handle: number, format: number) {
      const image = images.get(handle);
      const copy = images.allocate(image.width, image.height, FORMATS[format], { withPlanes });
      convertInto(image, images.get(copy), firmware);
      payFor(hardware, 'convert', areaOf(image));
      return copy;
    },
    image_resize(handle: number, width: number, height: number) {
      checkDimensions(width, height);
      const image = images.get(handle);
      const resized = images.allocate(width, height, image.format);
      resizeInto(image, images.get(resized));
      const isBoxes = isGrey(image) && width < image.width && height < image.height;
      // The boxes are square by the vertical scale and share their borders.
      const box = isBoxes ? (image.height / height + 1) ** 2 : 1;
      payFor(hardware, isBoxes ? 'box' : 'resize', Math.round(width * height * box));
      return resized;
    },
    image_scale(handle: number, x: number, y: number, width: number, height: number, sx: number, sy: number) {
      const image = images.get(handle);
      const part = partOf(image, { x, y, width, height });
      const [toWidth, toHeight] = [Math.floor(part.width * sx), Math.floor(part.height * sy)];
      checkDimensions(toWidth, toHeight);
      const scaled = images.allocate(toWidth, toHeight, image.format);
      const source = makeImage(part.width, part.height, image.format);
      copyRectangle(image, part, source);
      drawImage(images.get(scaled), source, { x: 0, y: 0, scaleX: sx, scaleY: sy }, 'openmv');
      payFor(hardware, 'resize', toWidth * toHeight);
      return scaled;
    },
    image_mean_pooled(handle: number, divX: number, divY: number) {
      const image = images.get(handle);
      const { width, height } = pooledSides(image, divX, divY);
      const pooled = images.allocate(width, height, image.format);
      meanPool(image, images.get(pooled), divX, divY);
      payFor(hardware, 'math', areaOf(image));
      return pooled;
    },
  };
}

function pooledSides({ width, height }: GuestImage, divX: number, divY: number) {
  assertGuest(divX >= 1, 'Width divisor must be greater than >= 1');
  assertGuest(divX <= width, 'Width divisor must be less than <= img width');
  assertGuest(divY >= 1, 'Height divisor must be greater than >= 1');
  assertGuest(divY <= height, 'Height divisor must be less than <= img height');
  return { width: Math.trunc(width / divX), height: Math.trunc(height / divY) };
}

/** Operations that change an image where it lies. */
export function changingModule({ hardware, images, firmware }: ImageParts): HostModule {
  const change = (handle: number, action: (image: GuestImage) => void) => {
    const image = images.get(handle);
    action(image);
    payFor(hardware, 'math', areaOf(image));
  };
  return {
    image_clear: (handle: number) => change(handle, clear),
    image_invert: (handle: number) => change(handle, invert),
    image_strech_char: (handle: number, deDark: number) =>
      change(handle, (image) => stretchCharacter(greyOnly(image, 'strech_char'), deDark !== 0)),
    image_binary: (handle: number, ranges: string, inverts: boolean, zeroes: boolean) =>
      change(handle, (image) =>
        binarize(greyOnly(image, 'binary'), JSON.parse(ranges) as GreyRange[], { inverts, zeroes }),
      ),
    image_mean_pool(handle: number, divX: number, divY: number) {
      const image = images.get(handle);
      const { width, height } = pooledSides(image, divX, divY);
      const pooled = makeImage(width, height, image.format, images.memoryOf(handle).pixels);
      meanPool(image, pooled, divX, divY);
      images.replace(handle, pooled);
      payFor(hardware, 'math', areaOf(image));
    },
    /** In place: MaixPy answers with another image in the same memory, OpenMV with the same image. */
    image_become(handle: number, format: number) {
      const image = images.get(handle);
      const memory = images.memoryOf(handle);
      if (image.format === FORMATS[format] && firmware === 'openmv') return handle;
      const isGrowing = bytesPerPixel(FORMATS[format]) > bytesPerPixel(image.format);
      assertGuest(!isGrowing || firmware !== 'maixpy', "Can't convert to rgb565 in place!");
      const isFitting = areaOf(image) * bytesPerPixel(FORMATS[format]) <= memory.pixels.byteLength;
      assertGuest(isFitting, "The new image won't fit in the target frame buffer!");
      const changed = makeImage(image.width, image.height, FORMATS[format], memory.pixels);
      const result = firmware === 'maixpy' ? images.share(changed, memory) : handle;
      convertInto(image, changed, firmware);
      if (firmware === 'openmv') images.replace(handle, changed);
      payFor(hardware, 'convert', areaOf(image));
      return result;
    },
    /** The image becomes a copy of another, in its own memory: `crop` and `scale` without a copy. */
    image_take(handle: number, other: number) {
      const source = images.get(other);
      const { pixels } = images.memoryOf(handle);
      const isFitting = areaOf(source) * bytesPerPixel(source.format) <= pixels.byteLength;
      assertGuest(isFitting, "The new image won't fit in the target frame buffer!");
      const taken = makeImage(source.width, source.height, source.format, pixels);
      taken.pixels.set(source.pixels);
      images.replace(handle, taken);
    },
    image_pix_to_ai(handle: number) {
      const image = images.get(handle);
      writePlanes(image, images.planesOf(handle));
      payFor(hardware, 'planes', areaOf(image));
    },
  };
}

function greyOnly(image: GuestImage, name: string): GuestImage {
  if (isGrey(image)) return image;
  throw new GuestError('NotImplementedError', `image.Image.${name} of an RGB565 image is not modelled`);
}

/** What only asks, and the guest's half of freeing images. */
export function askingModule({ hardware, images }: ImageParts): HostModule {
  return {
    image_width: (handle: number) => images.get(handle).width,
    image_height: (handle: number) => images.get(handle).height,
    image_format: (handle: number) => FORMATS.indexOf(images.get(handle).format),
    image_get_pixel(handle: number, x: number, y: number) {
      hardware.spend('image.call');
      return getPixel(images.get(handle), x, y) ?? -1;
    },
    image_rgb: (handle: number, pixel: number) => rgbOf(images.get(handle), pixel),
    image_set_pixel(handle: number, x: number, y: number, colour: number) {
      hardware.spend('image.call');
      setPixel(images.get(handle), x, y, colour);
    },
    image_statistics(handle: number, x: number, y: number, width: number, height: number) {
      const part = greyPart(images.get(handle), { x, y, width, height }, 'get_statistics');
      payFor(hardware, 'math', areaOf(part));
      return JSON.stringify(Object.values(greyStatistics(part)));
    },
    image_histogram(handle: number, x: number, y: number, width: number, height: number) {
      const part = greyPart(images.get(handle), { x, y, width, height }, 'get_histogram');
      payFor(hardware, 'math', areaOf(part));
      return JSON.stringify([...greyHistogram(part)]);
    },
    image_keep: (handle: number) => images.keep(handle),
    image_collect: () => images.collect(),
  };
}
