import { unpackRgb565 } from '../../deploy/camera/frame.ts';
import { encodeJpeg } from '../../pictures/jpeg.ts';
import { toHex, type HostModule } from '../host-module.ts';
import { bytesPerPixel, isGrey, type GuestImage } from './guest-image.ts';
import { areaOf, assertGuest, payFor, type ImageParts } from './image-parts.ts';

/** The image as a JPEG of this quality, 1 to 100. */
export function jpegOf({ width, height, pixels }: GuestImage, quality: number): Uint8Array {
  if (pixels instanceof Uint8Array) return encodeJpeg({ width, height, channels: 1, pixels }, quality);
  return encodeJpeg({ width, height, channels: 3, pixels: unpackRgb565(pixels) }, quality);
}

/** Charges the firmware's encoder. */
export function payForJpeg(
  { hardware }: Pick<ImageParts, 'hardware'>,
  image: GuestImage,
  pixels: number,
): void {
  payFor(hardware, isGrey(image) ? 'jpeg.grey' : 'jpeg', pixels);
}

/**
 * Images of OpenMV that hold a JPEG: py_image_compress and py_image_compressed of openmv/openmv v3.9 (py_image.c). How many
 * bytes that takes is our library's answer, not that of the board's encoder.
 */
export function compressingModule(parts: ImageParts): HostModule {
  const { images } = parts;
  const compress = (handle: number, quality: number) => {
    assertGuest(quality >= 1 && quality <= 100, 'Error: 1 <= quality <= 100!');
    const image = images.get(handle);
    const jpeg = jpegOf(image, quality);
    payForJpeg(parts, image, areaOf(image));
    return { image, jpeg };
  };
  return {
    image_is_jpeg: (handle: number) => images.jpegOf(handle) !== undefined,
    image_compress(handle: number, quality: number) {
      const { image, jpeg } = compress(handle, quality);
      assertGuest(jpeg.length <= areaOf(image) * bytesPerPixel(image.format), "Can't compress in place!");
      images.compress(handle, jpeg);
    },
    image_compressed(handle: number, quality: number) {
      const { image, jpeg } = compress(handle, quality);
      return images.addJpeg(image, jpeg);
    },
    image_copy_jpeg: (handle: number) => images.addJpeg(images.shapeOf(handle), images.jpegOf(handle)!),
    image_jpeg_bytes: (handle: number) => images.jpegOf(handle)!.length,
    /** What the image's buffer holds: a JPEG, or grey pixels. */
    image_buffer: (handle: number) =>
      toHex(images.jpegOf(handle) ?? Uint8Array.from(images.get(handle).pixels)),
  };
}
