import type { Rectangle } from './guest-image.ts';

/** A rectangle of a script as it crosses to the host, where all arguments stand side by side. */
export type RectangleArguments = [x: number, y: number, width: number, height: number];

export type PointArguments = [x: number, y: number];

/** What ends the arguments of a drawing: a colour as `pixelOfColour` says, and the pen's width. */
export type PenArguments = [colour: number, thickness: number];

export const rectangleOf = ([x, y, width, height]: RectangleArguments): Rectangle => ({
  x,
  y,
  width,
  height,
});
