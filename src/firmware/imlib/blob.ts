import type { Corner } from './min-rectangle.ts';

/** One blob as find_blobs tells it. */
export interface Blob {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: number;
  readonly centreX: number;
  readonly centreY: number;
  /** Radians. */
  readonly rotation: number;
  /** A bit for each threshold that has a part in it. */
  readonly code: number;
  /** Blobs that were merged into it. */
  readonly count: number;
  readonly perimeter: number;
  readonly roundness: number;
  /** In the directions of `blob-corners.ts`; none in MaixPy. */
  readonly corners: readonly Corner[];
}

/** 1 + 4 + 9 + ... + n * n. */
const squares = (n: number): number => (n * (n + 1) * (2 * n + 1)) / 6;

/** Sums over the pixels of a blob. */
export class BlobSums {
  pixels = 0;
  x = 0;
  y = 0;
  xx = 0;
  xy = 0;
  yy = 0;
  left = Infinity;
  right = -Infinity;
  top = Infinity;
  bottom = -Infinity;

  add(y: number, left: number, right: number): void {
    const count = right - left + 1;
    const sum = ((left + right) * count) / 2;
    this.pixels += count;
    this.x += sum;
    this.y += y * count;
    this.xx += squares(right) - squares(left - 1);
    this.xy += y * sum;
    this.yy += y * y * count;
    if (left < this.left) this.left = left;
    if (right > this.right) this.right = right;
    if (y < this.top) this.top = y;
    if (y > this.bottom) this.bottom = y;
  }

  /** Second moments about a whole point, in 32 bits as on the board. */
  momentsAbout(x: number, y: number): { readonly a: number; readonly b: number; readonly c: number } {
    return {
      a: (this.xx - 2 * x * this.x + this.pixels * x * x) | 0,
      b: (this.xy - x * this.y - y * this.x + this.pixels * x * y) | 0,
      c: (this.yy - 2 * y * this.y + this.pixels * y * y) | 0,
    };
  }
}

/** The angle of the longer axis, from second moments. */
export function rotationOf({
  a,
  b,
  c,
}: {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}): number {
  return a === c ? 0 : Math.fround(Math.atan2(2 * b, a - c) / 2);
}
