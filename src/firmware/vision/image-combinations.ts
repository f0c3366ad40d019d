import type { HostModule } from '../host-module.ts';
import { blendOf, combine, COMBINATIONS } from '../imlib/combine.ts';
import { pixelOfColour } from './draw-module.ts';
import { convertPixel, type GuestImage } from './guest-image.ts';
import { areaOf, assertGuest, payFor, type ImageParts } from './image-parts.ts';
import { loadImage } from './load-image.ts';

/** Arithmetic of images with each other. */
export function combiningModule({ hardware, images, firmware }: ImageParts): HostModule {
  const combinationOf = (name: string, alpha: number) =>
    name === 'blend' ? blendOf(alpha) : COMBINATIONS[name];
  const combineWith = (handle: number, other: GuestImage, name: string, alpha: number) => {
    const image = images.get(handle);
    assertGuest(image.width === other.width && image.height === other.height, 'Images not equal!');
    const pixelAt = (at: number) => convertPixel(other.pixels[at], other.format, image.format, firmware);
    combine(image, pixelAt, combinationOf(name, alpha));
    payFor(hardware, 'combine', areaOf(image));
  };
  return {
    image_combine: (handle: number, other: number, name: string, alpha: number) =>
      combineWith(handle, images.get(other), name, alpha),
    image_combine_file(handle: number, path: string, name: string, alpha: number) {
      const other = loadImage(hardware, path, firmware);
      payFor(hardware, 'load', areaOf(other));
      combineWith(handle, other, name, alpha);
    },
    image_combine_colour(handle: number, colour: number, name: string, alpha: number) {
      const image = images.get(handle);
      const pixel = pixelOfColour(image, colour, firmware);
      combine(image, () => pixel, combinationOf(name, alpha));
      payFor(hardware, 'combine', areaOf(image));
    },
    /** Mirrored, flipped, rows and columns changed over, in this order, in its own memory. */
    image_turn(handle: number, mirrors: boolean, flips: boolean, transposes: boolean) {
      const image = images.get(handle);
      const { width, height, pixels } = image;
      const before = pixels.slice(0, areaOf(image));
      const turned = transposes ? { ...image, width: height, height: width } : image;
      for (let at = 0; at < before.length; at++) {
        const [column, row] = [at % turned.width, Math.floor(at / turned.width)];
        const [x, y] = transposes ? [row, column] : [column, row];
        pixels[at] = before[(flips ? height - 1 - y : y) * width + (mirrors ? width - 1 - x : x)];
      }
      images.replace(handle, turned);
      payFor(hardware, 'copy', areaOf(image));
    },
  };
}
