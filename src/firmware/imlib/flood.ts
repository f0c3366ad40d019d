import type { Region } from './raster.ts';

/** What is filled: pixels in the region that nothing has taken yet. */
export interface FloodField {
  /** Pixels of a row. */
  readonly stride: number;
  readonly region: Region;
  /** Whether the pixel at a place is of what is filled. */
  readonly isInside: (at: number) => boolean;
  /** Set to 1 where a fill has been. */
  readonly taken: Uint8Array;
}

/** A row of pixels, both ends included. */
export interface Span {
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

interface Frame extends Span {
  /** Where the rows above and below are looked through next. */
  above: number;
  below: number;
}

/**
 * Fills what is connected with a pixel through its four sides, in the order of imlib_find_blobs, which tells every span once.
 * Returns the perimeter as that counts it: two ends a span, and what lies above or below a span and not within the threshold;
 * the row above is counted again each time that the fill comes back from below.
 */
export function flood(field: FloodField, x: number, y: number, onSpan: (span: Span) => void): number {
  const { region } = field;
  const stack: Frame[] = [enter(field, x, y, onSpan)];
  let perimeter = 2;
  while (stack.length > 0) {
    const frame = stack[stack.length - 1];
    const rows = [
      { y: frame.y - 1, isIn: frame.y > region.y, side: 'above' },
      { y: frame.y + 1, isIn: frame.y < region.y + region.height - 1, side: 'below' },
    ] as const;
    let isDeeper = false;
    for (const { y: rowY, isIn, side } of rows) {
      if (!isIn) {
        perimeter += frame.right - frame.left + 1;
        continue;
      }
      const { next, bare } = lookThrough(field, frame, rowY, side);
      perimeter += bare;
      if (next === undefined) continue;
      stack.push(enter(field, next, rowY, onSpan));
      perimeter += 2;
      isDeeper = true;
      break;
    }
    if (!isDeeper) stack.pop();
  }
  return perimeter;
}

function enter(
  { stride, region, isInside, taken }: FloodField,
  x: number,
  y: number,
  onSpan: (span: Span) => void,
) {
  const row = y * stride;
  const isFree = (column: number) => taken[row + column] === 0 && isInside(row + column);
  let [left, right] = [x, x];
  while (left > region.x && isFree(left - 1)) left--;
  while (right < region.x + region.width - 1 && isFree(right + 1)) right++;
  taken.fill(1, row + left, row + right + 1);
  const span = { y, left, right };
  onSpan(span);
  return { ...span, above: left, below: left };
}

/** The next free pixel beside a span in a row next to it, and how many inner pixels before it are no part of the blob. */
function lookThrough(
  { stride, isInside, taken }: FloodField,
  frame: Frame,
  y: number,
  side: 'above' | 'below',
): { readonly next: number | undefined; readonly bare: number } {
  let bare = 0;
  for (let x = frame[side]; x <= frame.right; x++) {
    const at = y * stride + x;
    if (taken[at] === 1) continue;
    if (isInside(at)) {
      frame[side] = x + 1;
      return { next: x, bare };
    }
    if (x !== frame.left && x !== frame.right) bare++;
  }
  return { next: undefined, bare };
}
