import type { HostModule } from '../host-module.ts';
import { insideAny, type Threshold } from '../imlib/thresholds.ts';
import { bytesPerPixel, convertInto, makeImage, writePlanes } from './guest-image.ts';
import type { GuestFormat, GuestImage } from './guest-image.ts';
import { areaOf, assertGuest, FORMATS, greyOnly, payFirst, payFor, pooledSides } from './image-parts.ts';
import type { ImageParts, ImageSize } from './image-parts.ts';
import { binarize, clear, invert, meanPool, stretchCharacter } from './pixel-operations.ts';

/** Operations that change an image where it lies. */
export function changingModule(parts: ImageParts): HostModule {
  return { ...pixelModule(parts), ...memoryModule(parts) };
}

/** New pixels in the same shape, and what is read from them. */
function pixelModule({ hardware, images }: ImageParts): HostModule {
  const change = (handle: number, action: (image: GuestImage) => void, rounds = 1) => {
    const image = images.get(handle);
    payFirst(hardware, 'math', areaOf(image) * rounds);
    action(image);
  };
  return {
    image_clear: (handle: number) => change(handle, clear),
    image_invert: (handle: number) => change(handle, invert),
    image_strech_char: (handle: number, deDark: number) =>
      change(handle, (image) => stretchCharacter(greyOnly(image, 'strech_char'), deDark !== 0)),
    /** All pixels are looked at for each threshold. */
    image_binary(handle: number, ranges: string, inverts: boolean, zeroes: boolean) {
      const thresholds = JSON.parse(ranges) as Threshold[];
      const isChosen = (image: GuestImage) => insideAny(image.format, thresholds, inverts);
      change(handle, (image) => binarize(image, isChosen(image), zeroes), Math.max(thresholds.length, 1));
    },
    image_pix_to_ai(handle: number) {
      const image = images.get(handle);
      writePlanes(image, images.planesOf(handle));
      payFor(hardware, 'planes', areaOf(image));
    },
  };
}

/** Throws a GuestError where an image of that size and format is larger than the memory. */
function requireFit(memory: ArrayBuffer, sides: ImageSize, format: GuestFormat): void {
  const isFitting = areaOf(sides) * bytesPerPixel(format) <= memory.byteLength;
  assertGuest(isFitting, "The new image won't fit in the target frame buffer!");
}

/** Another image in the memory of the one before. */
function memoryModule({ hardware, images, firmware }: ImageParts): HostModule {
  return {
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
      requireFit(memory.pixels, image, FORMATS[format]);
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
      requireFit(pixels, source, source.format);
      const taken = makeImage(source.width, source.height, source.format, pixels);
      taken.pixels.set(source.pixels);
      images.replace(handle, taken);
    },
  };
}
