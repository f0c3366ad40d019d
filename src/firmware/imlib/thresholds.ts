import { labTable } from './lab.ts';
import type { Raster } from './raster.ts';

/** Bounds of a colour, both ends included: L (or grey), A, B. */
export type Threshold = readonly [
  lowL: number,
  highL: number,
  lowA: number,
  highA: number,
  lowB: number,
  highB: number,
];

/** Whether pixels of a raster's format lie within a threshold; `inverts` turns the answer. */
export function insideOf(
  format: Raster['format'],
  [lowL, highL, lowA, highA, lowB, highB]: Threshold,
  inverts: boolean,
): (pixel: number) => boolean {
  if (format === 'grayscale') return (pixel) => (lowL <= pixel && pixel <= highL) !== inverts;
  const lab = labTable();
  return (pixel) => {
    const [l, a, b] = [lab[3 * pixel], lab[3 * pixel + 1], lab[3 * pixel + 2]];
    const isInside = lowL <= l && l <= highL && lowA <= a && a <= highA && lowB <= b && b <= highB;
    return isInside !== inverts;
  };
}

/** Whether pixels lie within any of the thresholds; `inverts` turns each for itself (imlib_binary). */
export function insideAny(
  format: Raster['format'],
  thresholds: readonly Threshold[],
  inverts: boolean,
): (pixel: number) => boolean {
  const tests = thresholds.map((threshold) => insideOf(format, threshold, inverts));
  return (pixel) => tests.some((test) => test(pixel));
}
