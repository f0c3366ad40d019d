import { GuestError } from '../guest-error.ts';
import type { HostModule } from '../host-module.ts';
import { drawImage } from './draw.ts';
import {
  bytesPerPixel,
  clipRectangle,
  convertInto,
  copyRectangle,
  isGrey,
  makeImage,
  resizeInto,
} from './guest-image.ts';
import type { GuestFormat } from './guest-image.ts';
import { rectangleOf, type RectangleArguments } from './host-arguments.ts';
import type { AllocateOptions } from './image-heap.ts';
import { areaOf, assertGuest, FORMATS, partOf, payFor, pooledSides } from './image-parts.ts';
import type { ImageParts, ImageSize } from './image-parts.ts';
import { loadImage } from './load-image.ts';
import { clear, meanPool } from './pixel-operations.ts';

function checkDimensions({ width, height }: ImageSize): void {
  if (width >= 1 && height >= 1 && width <= 0x7fff && height <= 0x7fff) return;
  throw new GuestError('ValueError', `an image of ${width} x ${height} pixels cannot be made`);
}

interface Wanted extends ImageSize {
  readonly format: GuestFormat;
  /** In the camera's frame buffer instead of the heap. */
  readonly isFrame: boolean;
}

/** The handle of a new image. */
function allocate(
  { images, frameBuffer }: ImageParts,
  { width, height, format, isFrame }: Wanted,
  options?: AllocateOptions,
): number {
  if (!isFrame) return images.allocate(width, height, format, options);
  assertGuest(width * height * bytesPerPixel(format) <= frameBuffer.pixels.byteLength, 'FB Overflow!');
  return images.share(makeImage(width, height, format, frameBuffer.pixels), frameBuffer);
}

/** MaixPy takes the accelerator's planes together with every copy (py_image.c: pix_ai = xalloc(w * h * 3)). */
const planesOfCopy = ({ firmware }: ImageParts): AllocateOptions => ({ withPlanes: firmware === 'maixpy' });

/** What answers with the handle of a new image. */
export function copyingModule(parts: ImageParts): HostModule {
  return { ...makingModule(parts), ...partModule(parts), ...sizeModule(parts) };
}

function makingModule(parts: ImageParts): HostModule {
  const { hardware, images } = parts;
  return {
    image_new(width: number, height: number, format: number, isFrame: boolean) {
      checkDimensions({ width, height });
      const handle = allocate(parts, { width, height, format: FORMATS[format], isFrame });
      clear(images.get(handle));
      payFor(hardware, 'fill', areaOf({ width, height }));
      return handle;
    },
    image_load(path: string, isFrame: boolean) {
      const loaded = loadImage(hardware, path, parts.firmware);
      const { width, height, format } = loaded;
      const handle = allocate(parts, { width, height, format, isFrame });
      images.get(handle).pixels.set(loaded.pixels);
      payFor(hardware, 'load', areaOf(loaded));
      return handle;
    },
    image_convert(handle: number, format: number) {
      const image = images.get(handle);
      const copy = images.allocate(image.width, image.height, FORMATS[format], planesOfCopy(parts));
      convertInto(image, images.get(copy), parts.firmware);
      payFor(hardware, 'convert', areaOf(image));
      return copy;
    },
  };
}

type CopyArguments = [...roi: RectangleArguments, isFrame: boolean];

/** Parts of an image as they are. */
function partModule(parts: ImageParts): HostModule {
  const { hardware, images } = parts;
  return {
    image_copy(handle: number, ...[x, y, width, height, isFrame]: CopyArguments) {
      const image = images.get(handle);
      const part = partOf(image, { x, y, width, height });
      const wanted = { width: part.width, height: part.height, format: image.format, isFrame };
      const copy = allocate(parts, wanted, planesOfCopy(parts));
      copyRectangle(image, part, images.get(copy));
      payFor(hardware, 'copy', areaOf(part));
      return copy;
    },
    image_cut(handle: number, ...roi: RectangleArguments) {
      const wanted = rectangleOf(roi);
      checkDimensions(wanted);
      const image = images.get(handle);
      const cut = images.allocate(wanted.width, wanted.height, image.format);
      const part = clipRectangle(wanted, image);
      if (part) copyRectangle(image, part, images.get(cut));
      payFor(hardware, 'copy', areaOf(wanted));
      return cut;
    },
  };
}

type ScaleArguments = [...roi: RectangleArguments, scaleX: number, scaleY: number];

/** Images of another size. */
function sizeModule({ hardware, images }: ImageParts): HostModule {
  return {
    image_resize(handle: number, width: number, height: number) {
      checkDimensions({ width, height });
      const image = images.get(handle);
      const resized = images.allocate(width, height, image.format);
      resizeInto(image, images.get(resized));
      const isBoxes = isGrey(image) && width < image.width && height < image.height;
      // The boxes are square by the vertical scale and share their borders.
      const box = isBoxes ? (image.height / height + 1) ** 2 : 1;
      payFor(hardware, isBoxes ? 'box' : 'resize', Math.round(width * height * box));
      return resized;
    },
    image_scale(handle: number, ...[x, y, width, height, scaleX, scaleY]: ScaleArguments) {
      const image = images.get(handle);
      const part = partOf(image, { x, y, width, height });
      const sides = { width: Math.floor(part.width * scaleX), height: Math.floor(part.height * scaleY) };
      checkDimensions(sides);
      const scaled = images.allocate(sides.width, sides.height, image.format);
      const source = makeImage(part.width, part.height, image.format);
      copyRectangle(image, part, source);
      drawImage(images.get(scaled), source, { x: 0, y: 0, scaleX, scaleY }, 'openmv');
      payFor(hardware, 'resize', areaOf(sides));
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
