import { packRgb565 } from '../../deploy/camera/frame.ts';
import type { HostModule } from '../host-module.ts';
import { drawCircle, drawCross, drawImage, drawLine, drawRectangle } from './draw.ts';
import { drawString, IMAGE_CELL } from './font.ts';
import { isGrey, rgb565ToGrey, type GuestImage, type ImageFirmware } from './guest-image.ts';
import type { PenArguments, PointArguments, RectangleArguments } from './host-arguments.ts';
import { assertGuest, payFirst, type ImageParts } from './image-parts.ts';

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

/** Draws with a colour of the script and charges so many pixels of the pen. */
type Draw = (
  handle: number,
  colour: number,
  pixels: number,
  action: (image: GuestImage, colour: number) => void,
) => void;

function payingDraw({ hardware, images, firmware }: ImageParts): Draw {
  return (handle, colour, pixels, action) => {
    const image = images.get(handle);
    // A pen that leaves the image costs what the firmware's loop does.
    payFirst(hardware, 'draw', pixels);
    action(image, pixelOfColour(image, colour, firmware));
  };
}

/** Drawing into an image; positions are whole numbers, colours as `pixelOfColour` says. */
export function drawingModule(parts: ImageParts): HostModule {
  const draw = payingDraw(parts);
  return { ...lineModule(draw), ...shapeModule(draw), ...letterModule(draw), ...pictureModule(draw, parts) };
}

type LineArguments = [...from: PointArguments, ...to: PointArguments, ...pen: PenArguments];
type CrossArguments = [...middle: PointArguments, reach: number, ...pen: PenArguments];

function lineModule(draw: Draw): HostModule {
  return {
    image_draw_line(handle: number, ...[x0, y0, x1, y1, c, thickness]: LineArguments) {
      const steps = (Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) + 1) * Math.max(thickness, 0) ** 2;
      const [from, to] = [
        { x: x0, y: y0 },
        { x: x1, y: y1 },
      ];
      draw(handle, c, steps, (image, colour) => drawLine(image, from, to, { colour, thickness }));
    },
    image_draw_cross(handle: number, ...[x, y, reach, c, thickness]: CrossArguments) {
      const steps = 2 * (2 * Math.abs(reach) + 1) * Math.max(thickness, 0) ** 2;
      draw(handle, c, steps, (image, colour) => drawCross(image, { x, y }, reach, { colour, thickness }));
    },
  };
}

/** Pixels of four sides of a pen's width, the squares at their corners included. */
function borderSteps(width: number, height: number, thickness: number): number {
  const [across, down] = [width, height].map((side) => Math.max(side + thickness - 1, 0));
  return 2 * Math.max(across + down, Math.abs(width) + Math.abs(height)) * Math.max(thickness, 0);
}

type BoxArguments = [...box: RectangleArguments, ...pen: PenArguments, isFilled: boolean];
type CircleArguments = [...middle: PointArguments, radius: number, ...pen: PenArguments, isFilled: boolean];

function shapeModule(draw: Draw): HostModule {
  return {
    image_draw_rectangle(handle: number, ...[x, y, width, height, c, thickness, isFilled]: BoxArguments) {
      const steps = isFilled ? Math.abs(width * height) : borderSteps(width, height, thickness);
      draw(handle, c, steps, (image, colour) =>
        drawRectangle(image, { x, y, width, height }, { colour, thickness }, isFilled),
      );
    },
    image_draw_circle(handle: number, ...[x, y, radius, c, thickness, isFilled]: CircleArguments) {
      // Where the pen is wider than the circle, its outer half is what is walked along.
      const walked = Math.max(radius, thickness >> 1, 0) + 1;
      const steps = isFilled ? Math.max(2 * radius + 1, 0) ** 2 : 8 * walked * Math.max(thickness, 0);
      const circle = { middle: { x, y }, radius };
      draw(handle, c, steps, (image, colour) => drawCircle(image, circle, { colour, thickness }, isFilled));
    },
  };
}

type StyleArguments = [
  colour: number,
  scale: number,
  spacingX: number,
  spacingY: number,
  isMonospaced: boolean,
];
type LettersArguments = [...at: PointArguments, text: string, ...style: StyleArguments];

function letterModule(draw: Draw): HostModule {
  return {
    image_draw_string(handle: number, ...[x, y, text, c, scale, ...rest]: LettersArguments) {
      assertGuest(scale > 0, 'Error: 0 < scale!');
      const [spacingX, spacingY, isMonospaced] = rest;
      const steps = text.length * IMAGE_CELL.width * IMAGE_CELL.height * scale ** 2;
      draw(handle, c, steps, (image, colour) =>
        drawString(image, { x, y }, text, { colour, scale, spacingX, spacingY, isMonospaced }),
      );
    },
  };
}

type PlacementArguments = [...at: PointArguments, scaleX: number, scaleY: number];

function pictureModule(draw: Draw, { images, firmware }: ImageParts): HostModule {
  return {
    image_colour: (handle: number, colour: number) => pixelOfColour(images.get(handle), colour, firmware),
    image_draw_image(handle: number, other: number, ...[x, y, scaleX, scaleY]: PlacementArguments) {
      assertGuest(scaleX >= 0, 'Error: 0.0 <= x_scale!');
      assertGuest(scaleY >= 0, 'Error: 0.0 <= y_scale!');
      const source = images.get(other);
      const steps = Math.round(source.width * scaleX) * Math.round(source.height * scaleY) || 0;
      draw(handle, 0, steps, (image) => drawImage(image, source, { x, y, scaleX, scaleY }, firmware));
    },
  };
}
