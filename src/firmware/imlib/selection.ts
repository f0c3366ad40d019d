import type { Region } from './raster.ts';
import type { Threshold } from './thresholds.ts';

/** Which pixels a search looks at, and how much it must find. */
export interface Selection {
  readonly thresholds: readonly Threshold[];
  readonly inverts: boolean;
  readonly strideX: number;
  readonly strideY: number;
  /** Least width times height, and least pixels, of what is found. */
  readonly leastArea: number;
  readonly leastPixels: number;
}

/** Visits pixels of a region that lie on the strides, row by row; a row begins where its number says. */
export function visitStrides(
  { x: left, y: top, width, height }: Region,
  { strideX, strideY }: Selection,
  visit: (x: number, y: number) => void,
): void {
  for (let y = top; y < top + height; y += strideY) {
    for (let x = left + (y % strideX); x < left + width; x += strideX) visit(x, y);
  }
}
