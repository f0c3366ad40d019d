import type { HostModule } from '../host-module.ts';
import { copyRectangle, getPixel, makeImage, setPixel } from './guest-image.ts';
import type { GuestImage, Rectangle } from './guest-image.ts';
import { rectangleOf, type RectangleArguments } from './host-arguments.ts';
import { areaOf, FORMATS, greyOnly, partOf, payFor, type ImageParts } from './image-parts.ts';
import { greyHistogram, greyStatistics, rgbOf } from './pixel-operations.ts';

/** A part of a grey image. Throws a GuestError for a colour image, which the method `name` does not read. */
function greyPart(image: GuestImage, roi: Rectangle, name: string): GuestImage {
  const part = partOf(greyOnly(image, name), roi);
  const copy = makeImage(part.width, part.height, 'grayscale');
  copyRectangle(image, part, copy);
  return copy;
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
    image_statistics(handle: number, ...roi: RectangleArguments) {
      const part = greyPart(images.get(handle), rectangleOf(roi), 'get_statistics');
      payFor(hardware, 'math', areaOf(part));
      return JSON.stringify(Object.values(greyStatistics(part)));
    },
    image_histogram(handle: number, ...roi: RectangleArguments) {
      const part = greyPart(images.get(handle), rectangleOf(roi), 'get_histogram');
      payFor(hardware, 'math', areaOf(part));
      return JSON.stringify([...greyHistogram(part)]);
    },
    image_keep: (handle: number) => images.keep(handle),
    image_collect: () => images.collect(),
  };
}
