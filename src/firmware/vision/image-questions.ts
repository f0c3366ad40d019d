import type { HostModule } from '../host-module.ts';
import { getPixel, setPixel } from './guest-image.ts';
import { FORMATS, type ImageParts } from './image-parts.ts';
import { rgbOf } from './pixel-operations.ts';

/** What only asks. */
export function askingModule({ hardware, images }: ImageParts): HostModule {
  return {
    image_width: (handle: number) => images.shapeOf(handle).width,
    image_height: (handle: number) => images.shapeOf(handle).height,
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
  };
}
