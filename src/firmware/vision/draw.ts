import { convertPixel, getPixel, setPixel } from './guest-image.ts';
import type { GuestImage, ImageFirmware } from './guest-image.ts';

/** A colour as a pixel of the image's format, and the width of the pen. */
export interface Pen {
  readonly colour: number;
  readonly thickness: number;
}

/** point_fill of imlib: a dot of the pen, or a filled circle for -r..r. */
function fillDot(image: GuestImage, x: number, y: number, from: number, to: number, colour: number): void {
  for (let dy = from; dy <= to; dy++) {
    for (let dx = from; dx <= to; dx++) {
      if (dx * dx + dy * dy <= from * from) setPixel(image, x + dx, y + dy, colour);
    }
  }
}

/** How far a pen reaches before and behind the line's middle. */
const reachOf = (thickness: number) => ({ before: thickness >> 1, behind: (thickness - 1) >> 1 });

/** `img.draw_line(x0, y0, x1, y1)`: Bresenham's line, as imlib_draw_line steps it. */
export function drawLine(
  image: GuestImage,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  { colour, thickness }: Pen,
): void {
  if (thickness <= 0) return;
  const { before, behind } = reachOf(thickness);
  const [dx, dy] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
  const [stepX, stepY] = [x0 < x1 ? 1 : -1, y0 < y1 ? 1 : -1];
  let error = Math.trunc((dx > dy ? dx : -dy) / 2);
  for (let [x, y] = [x0, y0]; ;) {
    fillDot(image, x, y, -before, behind, colour);
    if (x === x1 && y === y1) return;
    const last = error;
    if (last > -dx) {
      error -= dy;
      x += stepX;
    }
    if (last < dy) {
      error += dx;
      y += stepY;
    }
  }
}

/** `img.draw_cross(x, y)`: two lines that reach `reach` pixels to each side. */
export function drawCross(image: GuestImage, x: number, y: number, reach: number, pen: Pen): void {
  drawLine(image, x - reach, y, x + reach, y, pen);
  drawLine(image, x, y - reach, x, y + reach, pen);
}

function fillRectangle(
  image: GuestImage,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: number,
) {
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) setPixel(image, column, row, colour);
  }
}

/** `img.draw_rectangle(x, y, w, h)`, filled or only its border (imlib_draw_rectangle). */
export function drawRectangle(
  image: GuestImage,
  x: number,
  y: number,
  width: number,
  height: number,
  { colour, thickness }: Pen,
  isFilled: boolean,
): void {
  if (isFilled) return fillRectangle(image, x, y, width, height, colour);
  if (thickness <= 0) return;
  const { before, behind } = reachOf(thickness);
  const reach = before + behind;
  fillRectangle(image, x - before, y - before, width + reach, reach + 1, colour);
  fillRectangle(image, x - before, y + height - 1 - before, width + reach, reach + 1, colour);
  fillRectangle(image, x - before, y - before, reach + 1, height + reach, colour);
  fillRectangle(image, x + width - 1 - before, y - before, reach + 1, height + reach, colour);
}

/** `img.draw_circle(x, y, r)`: filled, or a ring by the midpoint algorithm on both of its edges (imlib_draw_circle). */
export function drawCircle(
  image: GuestImage,
  x: number,
  y: number,
  radius: number,
  { colour, thickness }: Pen,
  isFilled: boolean,
): void {
  if (isFilled) return fillDot(image, x, y, -radius, radius, colour);
  if (thickness <= 0) return;
  const { before, behind } = reachOf(thickness);
  let outer = radius + before;
  let inner = Math.max(radius - behind, 0);
  const firstInner = inner;
  let [outerError, innerError] = [1 - outer, 1 - inner];
  for (let dy = 0; outer >= dy;) {
    for (let reach = inner; reach <= outer; reach++) setOctants(image, x, y, reach, dy, colour);
    dy++;
    outerError += outerError < 0 ? 2 * dy + 1 : 2 * (dy - --outer + 1);
    if (dy > firstInner) inner = dy;
    else innerError += innerError < 0 ? 2 * dy + 1 : 2 * (dy - --inner + 1);
  }
}

function setOctants(image: GuestImage, x: number, y: number, a: number, b: number, colour: number): void {
  for (const [dx, dy] of [
    [a, b],
    [b, a],
    [-a, b],
    [-b, a],
    [-a, -b],
    [-b, -a],
    [a, -b],
    [b, -a],
  ]) {
    setPixel(image, x + dx, y + dy, colour);
  }
}

/** Where and how large an image is drawn. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/**
 * `img.draw_image(other, x, y, x_scale, y_scale)` without transparency, by the nearest pixel. MaixPy takes the rounded
 * position, draws white (-1) behind the last pixel and copies pixels of another format as numbers; OpenMV takes the pixel
 * towards the origin and converts.
 */
export function drawImage(
  image: GuestImage,
  other: GuestImage,
  { x, y, scaleX, scaleY }: Placement,
  firmware: ImageFirmware,
): void {
  const nearest = firmware === 'maixpy' ? Math.round : Math.floor;
  for (let row = 0; row < Math.round(other.height * scaleY); row++) {
    for (let column = 0; column < Math.round(other.width * scaleX); column++) {
      const pixel = getPixel(other, nearest(column / scaleX), nearest(row / scaleY));
      if (firmware === 'maixpy') setPixel(image, x + column, y + row, pixel ?? -1);
      else if (pixel !== null) {
        setPixel(image, x + column, y + row, convertPixel(pixel, other.format, image.format, firmware));
      }
    }
  }
}
