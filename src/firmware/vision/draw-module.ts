import { packRgb565 } from '../../deploy/camera/frame.ts';
import { GuestError } from '../guest-error.ts';
import type { HostModule } from '../host-module.ts';
import { drawCircle, drawCross, drawImage, drawLine, drawRectangle } from './draw.ts';
import { drawString, IMAGE_CELL } from './font.ts';
import { isGrey, rgb565ToGrey, type GuestImage, type ImageFirmware } from './guest-image.ts';
import { assertGuest, payFor, type ImageParts } from './image-module.ts';

/** Set where a number holds red, green and blue and not a pixel. */
const IS_RGB = 0x1000000;

/**
 * A colour of the script as a pixel of the image: -1 is white, a tuple comes as red, green and blue in one number, and
 * another number is the pixel itself.
 */
export function pixelOfColour(image: GuestImage, colour: number, firmware: ImageFirmware): number {
  if ((colour & IS_RGB) === 0 || colour < 0) return colour;
  const packed = packRgb565((colour >> 16) & 0xff, (colour >> 8) & 0xff, colour & 0xff);
  return isGrey(image) ? rgb565ToGrey(packed, firmware) : packed;
}

/** Drawing into an image; positions are whole numbers, colours as `pixelOfColour` says. */
export function drawingModule({ hardware, images, firmware }: ImageParts): HostModule {
  const draw = (
    handle: number,
    colour: number,
    pixels: number,
    action: (i: GuestImage, c: number) => void,
  ) => {
    const image = images.get(handle);
    // A pen that leaves the image costs what the firmware's loop does, but no loop here runs without end.
    if (!(pixels <= MAX_STEPS)) throw new GuestError('ValueError', 'too large to draw');
    action(image, pixelOfColour(image, colour, firmware));
    payFor(hardware, 'draw', pixels);
  };
  return {
    image_colour: (handle: number, colour: number) => pixelOfColour(images.get(handle), colour, firmware),
    image_draw_line(
      handle: number,
      x0: number,
      y0: number,
      x1: number,
      y1: number,
      c: number,
      thickness: number,
    ) {
      const steps = (Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) + 1) * thickness ** 2;
      draw(handle, c, steps, (image, colour) => drawLine(image, x0, y0, x1, y1, { colour, thickness }));
    },
    image_draw_cross(handle: number, x: number, y: number, reach: number, c: number, thickness: number) {
      const steps = 2 * (2 * Math.abs(reach) + 1) * thickness ** 2;
      draw(handle, c, steps, (image, colour) => drawCross(image, x, y, reach, { colour, thickness }));
    },
    image_draw_rectangle(
      handle: number,
      x: number,
      y: number,
      width: number,
      height: number,
      c: number,
      thickness: number,
      isFilled: boolean,
    ) {
      const steps = isFilled ? Math.abs(width * height) : 2 * Math.abs(width + height) * Math.abs(thickness);
      draw(handle, c, steps, (image, colour) =>
        drawRectangle(image, x, y, width, height, { colour, thickness }, isFilled),
      );
    },
    image_draw_circle(
      handle: number,
      x: number,
      y: number,
      radius: number,
      c: number,
      thickness: number,
      isFilled: boolean,
    ) {
      const steps = isFilled ? (2 * radius + 1) ** 2 : 8 * (Math.abs(radius) + 1) * Math.abs(thickness);
      draw(handle, c, steps, (image, colour) =>
        drawCircle(image, x, y, radius, { colour, thickness }, isFilled),
      );
    },
    image_draw_string(
      handle: number,
      x: number,
      y: number,
      text: string,
      c: number,
      scale: number,
      spacingX: number,
      spacingY: number,
      isMonospaced: boolean,
    ) {
      assertGuest(scale > 0, 'Error: 0 < scale!');
      const steps = text.length * IMAGE_CELL.width * IMAGE_CELL.height * scale ** 2;
      draw(handle, c, steps, (image, colour) =>
        drawString(image, x, y, text, { colour, scale, spacingX, spacingY, isMonospaced }),
      );
    },
    image_draw_image(handle: number, other: number, x: number, y: number, scaleX: number, scaleY: number) {
      assertGuest(scaleX >= 0, 'Error: 0.0 <= x_scale!');
      assertGuest(scaleY >= 0, 'Error: 0.0 <= y_scale!');
      const source = images.get(other);
      const steps = source.width * scaleX * source.height * scaleY;
      draw(handle, 0, steps, (image) => drawImage(image, source, { x, y, scaleX, scaleY }, firmware));
    },
  };
}

const MAX_STEPS = 64 * 1024 * 1024;
