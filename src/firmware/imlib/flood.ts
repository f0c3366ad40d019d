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
  const { y: top, height } = field.region;
  const bottom = top + height - 1;
  const stack: Frame[] = [];
  const edge = { pixels: 0 };
  /** Goes on in a row beside the last span, where a pixel of it is free. */
  const goesInto = (frame: Frame, row: number, isIn: boolean, side: 'above' | 'below'): boolean => {
    if (!isIn) {
      edge.pixels += frame.right - frame.left + 1;
      return false;
    }
    const next = lookThrough(field, frame, row, side, edge);
    if (next < 0) return false;
    enter(next, row);
    return true;
  };
  const enter = (column: number, row: number): void => {
    edge.pixels += 2;
    const span = fillSpan(field, column, row);
    stack.push(span);
    onSpan(span);
  };
  enter(x, y);
  while (stack.length > 0) {
    const frame = stack[stack.length - 1];
    if (goesInto(frame, frame.y - 1, frame.y > top, 'above')) continue;
    if (goesInto(frame, frame.y + 1, frame.y < bottom, 'below')) continue;
    stack.pop();
  }
  return edge.pixels;
}

function fillSpan({ stride, region, isInside, taken }: FloodField, x: number, y: number): Frame {
  const first = y * stride + region.x;
  const last = first + region.width - 1;
  let left = y * stride + x;
  let right = left;
  while (left > first && taken[left - 1] === 0 && isInside(left - 1)) left--;
  while (right < last && taken[right + 1] === 0 && isInside(right + 1)) right++;
  for (let at = left; at <= right; at++) taken[at] = 1;
  const from = left - y * stride;
  return { y, left: from, right: right - y * stride, above: from, below: from };
}

/**
 * The next free pixel beside a span in a row next to it, or -1; inner pixels before it that are no part of the blob are added
 * to the edge.
 */
function lookThrough(
  { stride, isInside, taken }: FloodField,
  frame: Frame,
  y: number,
  side: 'above' | 'below',
  edge: { pixels: number },
): number {
  const { left, right } = frame;
  for (let x = frame[side]; x <= right; x++) {
    const at = y * stride + x;
    if (taken[at] === 1) continue;
    if (isInside(at)) {
      frame[side] = x + 1;
      return x;
    }
    if (x !== left && x !== right) edge.pixels++;
  }
  return -1;
}
