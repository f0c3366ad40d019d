import { convertPixel, getPixel, setPixel } from './guest-image.ts';
import type { GuestImage, ImageFirmware, Point, Rectangle } from './guest-image.ts';

/** A colour as a pixel of the image's format, and the width of the pen. */
export interface Pen {
  readonly colour: number;
  readonly thickness: number;
}

/** point_fill of imlib: a dot of the pen, or a filled circle for -r..r, about `at`. */
function fillDot(image: GuestImage, { x, y }: Point, from: number, to: number, colour: number): void {
  const [top, bottom] = [Math.max(from, -y), Math.min(to, image.height - 1 - y)];
  const [left, right] = [Math.max(from, -x), Math.min(to, image.width - 1 - x)];
  for (let dy = top; dy <= bottom; dy++) {
    for (let dx = left; dx <= right; dx++) {
      if (dx * dx + dy * dy <= from * from) setPixel(image, x + dx, y + dy, colour);
    }
  }
}

/** How far a pen reaches before and behind the line's middle. */
const reachOf = (thickness: number) => ({ before: thickness >> 1, behind: (thickness - 1) >> 1 });

/** `img.draw_line(x0, y0, x1, y1)`: Bresenham's line, as imlib_draw_line steps it. */
export function drawLine(image: GuestImage, from: Point, to: Point, { colour, thickness }: Pen): void {
  if (thickness <= 0) return;
  const { before, behind } = reachOf(thickness);
  const [dx, dy] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  const [stepX, stepY] = [from.x < to.x ? 1 : -1, from.y < to.y ? 1 : -1];
  let error = Math.trunc((dx > dy ? dx : -dy) / 2);
  const [right, bottom] = [image.width + before, image.height + before];
  for (let { x, y } = from; ;) {
    const touches = x >= -behind && x < right && y >= -behind && y < bottom;
    if (touches) fillDot(image, { x, y }, -before, behind, colour);
    if (x === to.x && y === to.y) return;
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
export function drawCross(image: GuestImage, { x, y }: Point, reach: number, pen: Pen): void {
  drawLine(image, { x: x - reach, y }, { x: x + reach, y }, pen);
  drawLine(image, { x, y: y - reach }, { x, y: y + reach }, pen);
}

function fillRectangle(image: GuestImage, { x, y, width, height }: Rectangle, colour: number): void {
  const [bottom, right] = [Math.min(y + height, image.height), Math.min(x + width, image.width)];
  for (let row = Math.max(y, 0); row < bottom; row++) {
    for (let column = Math.max(x, 0); column < right; column++) setPixel(image, column, row, colour);
  }
}

/** `img.draw_rectangle(x, y, w, h)`, filled or only its border (imlib_draw_rectangle). */
export function drawRectangle(image: GuestImage, rectangle: Rectangle, pen: Pen, isFilled: boolean): void {
  const { colour, thickness } = pen;
  if (isFilled) return fillRectangle(image, rectangle, colour);
  if (thickness <= 0) return;
  const { before, behind } = reachOf(thickness);
  const reach = before + behind;
  const [x, y] = [rectangle.x - before, rectangle.y - before];
  const across = { width: rectangle.width + reach, height: reach + 1 };
  const down = { width: reach + 1, height: rectangle.height + reach };
  fillRectangle(image, { x, y, ...across }, colour);
  fillRectangle(image, { x, y: y + rectangle.height - 1, ...across }, colour);
  fillRectangle(image, { x, y, ...down }, colour);
  fillRectangle(image, { x: x + rectangle.width - 1, y, ...down }, colour);
}

export interface Circle {
  readonly middle: Point;
  readonly radius: number;
}

/** `img.draw_circle(x, y, r)`: filled, or a ring by the midpoint algorithm on both of its edges (imlib_draw_circle). */
export function drawCircle(
  image: GuestImage,
  { middle, radius }: Circle,
  { colour, thickness }: Pen,
  isFilled: boolean,
): void {
  if (isFilled) return fillDot(image, middle, -radius, radius, colour);
  if (thickness <= 0) return;
  const { before, behind } = reachOf(thickness);
  let outer = radius + before;
  let inner = Math.max(radius - behind, 0);
  const firstInner = inner;
  let [outerError, innerError] = [1 - outer, 1 - inner];
  for (let dy = 0; outer >= dy;) {
    for (let dx = inner; dx <= outer; dx++) setOctants(image, middle, { x: dx, y: dy }, colour);
    dy++;
    outerError += outerError < 0 ? 2 * dy + 1 : 2 * (dy - --outer + 1);
    if (dy > firstInner) inner = dy;
    else innerError += innerError < 0 ? 2 * dy + 1 : 2 * (dy - --inner + 1);
  }
}

/** The eight pixels that lie about the middle as the one at `offset` does. */
function setOctants(image: GuestImage, { x, y }: Point, { x: a, y: b }: Point, colour: number): void {
  setPixel(image, x + a, y + b, colour);
  setPixel(image, x + b, y + a, colour);
  setPixel(image, x - a, y + b, colour);
  setPixel(image, x - b, y + a, colour);
  setPixel(image, x - a, y - b, colour);
  setPixel(image, x - b, y - a, colour);
  setPixel(image, x + a, y - b, colour);
  setPixel(image, x + b, y - a, colour);
}

/** Where and how large an image is drawn. */
export interface Placement extends Point {
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
  const rows = Math.min(Math.round(other.height * scaleY), image.height - y);
  const columns = Math.min(Math.round(other.width * scaleX), image.width - x);
  for (let row = Math.max(0, -y); row < rows; row++) {
    for (let column = Math.max(0, -x); column < columns; column++) {
      const pixel = getPixel(other, nearest(column / scaleX), nearest(row / scaleY));
      if (firmware === 'maixpy') setPixel(image, x + column, y + row, pixel ?? -1);
      else if (pixel !== null) {
        setPixel(image, x + column, y + row, convertPixel(pixel, other.format, image.format, firmware));
      }
    }
  }
}
