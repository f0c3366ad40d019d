import { f32, roundEven } from './float32.ts';
import type { Raster, Region } from './raster.ts';
import { insideOf, type Threshold } from './thresholds.ts';

/** A line: its ends, how sure it is, its turn in whole degrees and its distance from the image's corner. */
export interface FittedLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly magnitude: number;
  readonly theta: number;
  readonly rho: number;
}

export interface RegressionOptions {
  readonly thresholds: readonly Threshold[];
  readonly inverts: boolean;
  readonly strideX: number;
  readonly strideY: number;
  readonly leastArea: number;
  readonly leastPixels: number;
  readonly isRobust: boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A direction through a point, before it is a line from rim to rim. */
interface Fit {
  readonly centre: Point;
  readonly radians: number;
  readonly magnitude: number;
}

const HALF_PI = f32(1.570796);
const DEGREES = 57.29578;
const INT32_MAX = 2 ** 31 - 1;
const cosOf = (degrees: number): number => f32(Math.cos((degrees * Math.PI) / 180));
const sinOf = (degrees: number): number => f32(Math.sin((degrees * Math.PI) / 180));

/** A float as a whole number in 32 bits: what is no number is 0, what is larger is the largest. */
function wholeOf(value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(Math.max(roundEven(value), -INT32_MAX - 1), INT32_MAX);
}

/** Pixels within the thresholds that lie on the strides, row by row, each as often as thresholds hold it. */
export function pointsWithin(image: Raster, region: Region, options: RegressionOptions): Point[] {
  const { thresholds, inverts, strideX, strideY } = options;
  const points: Point[] = [];
  for (const threshold of thresholds) {
    const isInside = insideOf(image.format, threshold, inverts);
    for (let y = region.y; y < region.y + region.height; y += strideY) {
      for (let x = region.x + (y % strideX); x < region.x + region.width; x += strideX) {
        if (isInside(image.pixels[y * image.width + x])) points.push({ x, y });
      }
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

/** The line from rim to rim of the region; theta and rho as a Hough transform has them. */
function acrossRegion({ centre, radians, magnitude }: Fit, region: Region): FittedLine | undefined {
  const turned = wholeOf(f32(radians * DEGREES)) % 180;
  const theta = turned < 0 ? turned + 180 : turned;
  const [cos, sin] = [cosOf(theta), sinOf(theta)];
  const rho = wholeOf(f32(f32((centre.x - region.x) * cos) + f32((centre.y - region.y) * sin)));
  const [lastX, lastY] = [region.width - 1, region.height - 1];
  const yAt = (x: number) => wholeOf(f32(f32(rho - f32(x * cos)) / sin));
  const xAt = (y: number) => wholeOf(f32(f32(rho - f32(y * sin)) / cos));
  const isFlat = theta >= 45 && theta < 135;
  const ends = isFlat
    ? { x1: 0, y1: yAt(0), x2: lastX, y2: yAt(lastX) }
    : { x1: xAt(0), y1: 0, x2: xAt(lastY), y2: lastY };
  const line = clipLine(ends, region.width, region.height);
  return (
    line && {
      ...{ x1: line.x1 + region.x, y1: line.y1 + region.y, x2: line.x2 + region.x, y2: line.y2 + region.y },
      ...{ magnitude, theta, rho: rho + wholeOf(f32(f32(region.x * cos) + f32(region.y * sin))) },
    }
  );
}

type Ends = Pick<FittedLine, 'x1' | 'y1' | 'x2' | 'y2'>;

/** The part of a line inside of a rectangle at 0, 0 (lb_clip_line of imlib.c). */
function clipLine({ x1, y1, x2, y2 }: Ends, width: number, height: number): Ends | undefined {
  const [dx, dy] = [x2 - x1, y2 - y1];
  let [from, to] = [0, 1];
  for (const [step, room] of [
    [-dx, x1],
    [dx, width - 1 - x1],
    [-dy, y1],
    [dy, height - 1 - y1],
  ]) {
    if (step === 0 && room < 0) return undefined;
    const part = f32(room / step);
    if (step < 0) {
      if (part > to) return undefined;
      from = Math.max(from, part);
    } else if (step > 0) {
      if (part < from) return undefined;
      to = Math.min(to, part);
    }
  }
  if (to < from) return undefined;
  const at = (start: number, delta: number, part: number) => Math.trunc(f32(start + f32(delta * part)));
  return { x1: at(x1, dx, from), y1: at(y1, dy, from), x2: at(x1, dx, to), y2: at(y1, dy, to) };
}
