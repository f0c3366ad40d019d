import { f32 } from './float32.ts';
import { distanceOf, HALF_PI, halfTurn, lineAcross, wholeOf, type FittedLine, type Point } from './lines.ts';
import type { Raster, Region } from './raster.ts';
import { pointsOnStrides, type Selection } from './selection.ts';
import { insideOf } from './thresholds.ts';

export interface RegressionOptions extends Selection {
  /** The median of slopes, not least squares. */
  readonly isRobust: boolean;
}

/** A direction through a point, before it is a line from rim to rim. */
interface Fit {
  readonly centre: Point;
  readonly radians: number;
  readonly magnitude: number;
}

/** Pixels within the thresholds that lie on the strides, row by row, each as often as thresholds hold it. */
export function pointsWithin(image: Raster, region: Region, options: RegressionOptions): Point[] {
  const points: Point[] = [];
  for (const threshold of options.thresholds) {
    const isInside = insideOf(image.format, threshold, options.inverts);
    for (const point of pointsOnStrides(region, options)) {
      if (isInside(image.pixels[point.y * image.width + point.x])) points.push(point);
    }
  }
  return points;
}

/**
 * The line through points of a region: least squares, or the median of the slopes between all pairs where it is robust.
 * Undefined where they are too few or cover too little, or where the line misses the region.
 * Source: imlib_get_regression of openmv/openmv v3.9 (src/omv/imlib/stats.c).
 */
export function fitLine(
  image: Raster,
  region: Region,
  points: readonly Point[],
  { leastArea, leastPixels, isRobust }: RegressionOptions,
): FittedLine | undefined {
  if (points.length === 0 || points.length < leastPixels) return undefined;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const spread = (values: readonly number[]) =>
    values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  if (spread(xs) * spread(ys) < leastArea) return undefined;
  const fit = isRobust ? medianFit(image, points) : squaresFit(points);
  return fit && acrossRegion(fit, region);
}

function squaresFit(points: readonly Point[]): Fit {
  const count = points.length;
  const sum = (of: (point: Point) => number) => points.reduce((total, point) => total + of(point), 0);
  const [sumX, sumY] = [sum(({ x }) => x), sum(({ y }) => y)];
  const centre = { x: Math.trunc(sumX / count), y: Math.trunc(sumY / count) };
  const a = sum(({ x }) => x * x) - 2 * centre.x * sumX + count * centre.x ** 2;
  const b = sum(({ x, y }) => x * y) - (centre.x * sumY + centre.y * sumX) + count * centre.x * centre.y;
  const c = sum(({ y }) => y * y) - 2 * centre.y * sumY + count * centre.y ** 2;
  const half = a === c ? HALF_PI : f32(f32(Math.atan2(2 * b, a - c)) / 2);
  const mean = f32((a + c) / 2);
  const offset = f32(f32(Math.sqrt(f32(f32(4 * f32(f32(b) * b)) + f32(f32(a - c) * (a - c))))) / 2);
  const [wide, narrow] = [f32(Math.sqrt(f32(mean + offset))), f32(Math.sqrt(f32(mean - offset)))];
  return { centre, radians: f32(half + HALF_PI), magnitude: wholeOf(f32(wide / narrow)) - 1 };
}

function medianFit({ width, height }: Raster, points: readonly Point[]): Fit | undefined {
  const [countsX, countsY] = [new Float64Array(width), new Float64Array(height)];
  const [deltasX, deltasY] = [new Float64Array(2 * width), new Float64Array(2 * height)];
  const pairs = (points.length * (points.length - 1)) / 2;
  if (pairs === 0) return undefined;
  for (const [index, { x, y }] of points.entries()) {
    countsX[x]++;
    countsY[y]++;
    for (let other = index + 1; other < points.length; other++) {
      deltasX[x - points[other].x + width]++;
      deltasY[y - points[other].y + height]++;
    }
  }
  const centre = { x: medianOf(countsX, points.length), y: medianOf(countsY, points.length) };
  const [stepX, stepY] = [medianOf(deltasX, pairs) - width, medianOf(deltasY, pairs) - height];
  const turn = stepX === 0 ? HALF_PI : f32(Math.atan2(stepY, stepX));
  return { centre, radians: f32(turn + HALF_PI), magnitude: wholeOf(f32(Math.hypot(stepX, stepY))) };
}

/** The place in a histogram that half of its counts are before. */
function medianOf(counts: Float64Array, total: number): number {
  const half = Math.trunc((total + 1) / 2);
  let before = 0;
  for (const [at, count] of counts.entries()) {
    if (before < half && half <= before + count) return at;
    before += count;
  }
  return counts.length - 1;
}

/** The line from rim to rim of the region. */
function acrossRegion({ centre, radians, magnitude }: Fit, region: Region): FittedLine | undefined {
  const theta = halfTurn(radians);
  const rho = distanceOf({ x: centre.x - region.x, y: centre.y - region.y }, theta);
  return lineAcross({ theta, rho, magnitude }, region);
}
