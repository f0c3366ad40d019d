import { f32 } from './float32.ts';
import { distanceOf, HALF_PI, halfTurn, lineAcross, wholeOf, type FittedLine, type Point } from './lines.ts';
import type { Raster, Region } from './raster.ts';
import { visitStrides, type Selection } from './selection.ts';
import { insideOf } from './thresholds.ts';

export type RegressionOptions = Selection;

/** A direction through a point, before it is a line from rim to rim. */
interface Fit {
  readonly centre: Point;
  readonly radians: number;
  readonly magnitude: number;
}

/** What a robust fit may take: pixels beyond the most are left out, and `onPairs` is told before so many are looked at. */
export interface RobustLimits {
  readonly most: number;
  readonly onPairs: (pairs: number) => void;
}

const NO_LIMITS: RobustLimits = { most: Infinity, onPairs: () => undefined };

/** Pixels within the thresholds that lie on the strides, row by row, each as often as thresholds hold it. */
function visitWithin(
  image: Raster,
  region: Region,
  options: RegressionOptions,
  visit: (x: number, y: number) => void,
): void {
  for (const threshold of options.thresholds) {
    const isInside = insideOf(image.format, threshold, options.inverts);
    visitStrides(region, options, (x, y) => {
      if (isInside(image.pixels[y * image.width + x])) visit(x, y);
    });
  }
}

/** How many points there are, and what they span. */
class Extent {
  count = 0;
  #left = Infinity;
  #right = -Infinity;
  #top = Infinity;
  #bottom = -Infinity;

  add(x: number, y: number): void {
    this.count++;
    this.#left = Math.min(this.#left, x);
    this.#right = Math.max(this.#right, x);
    this.#top = Math.min(this.#top, y);
    this.#bottom = Math.max(this.#bottom, y);
  }

  isEnough({ leastArea, leastPixels }: RegressionOptions): boolean {
    if (this.count === 0 || this.count < leastPixels) return false;
    return (this.#right - this.#left) * (this.#bottom - this.#top) >= leastArea;
  }
}

/**
 * The line of least squares through pixels of a region. Undefined where they are too few or cover too little, or where the
 * line misses the region. Source: imlib_get_regression of openmv/openmv v3.9 (src/omv/imlib/stats.c).
 */
export function fitSquares(
  image: Raster,
  region: Region,
  options: RegressionOptions,
): FittedLine | undefined {
  const extent = new Extent();
  const sums = { x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
  visitWithin(image, region, options, (x, y) => {
    extent.add(x, y);
    sums.x += x;
    sums.y += y;
    sums.xx += x * x;
    sums.xy += x * y;
    sums.yy += y * y;
  });
  return extent.isEnough(options) ? acrossRegion(squaresFit(extent.count, sums), region) : undefined;
}

/** As `fitSquares`, with the median of the slopes between all pairs of pixels: a line that few outliers do not turn. */
export function fitRobust(
  image: Raster,
  region: Region,
  options: RegressionOptions,
  { most, onPairs } = NO_LIMITS,
): FittedLine | undefined {
  const [extent, points] = [new Extent(), new Array<Point>()];
  visitWithin(image, region, options, (x, y) => {
    if (points.length >= most) return;
    points.push({ x, y });
    extent.add(x, y);
  });
  const pairs = (points.length * (points.length - 1)) / 2;
  onPairs(pairs);
  if (pairs === 0 || !extent.isEnough(options)) return undefined;
  return acrossRegion(medianFit(image, points, pairs), region);
}

function squaresFit(
  count: number,
  { x, y, xx, xy, yy }: Readonly<Record<'x' | 'y' | 'xx' | 'xy' | 'yy', number>>,
): Fit {
  const centre = { x: Math.trunc(x / count), y: Math.trunc(y / count) };
  const a = xx - 2 * centre.x * x + count * centre.x ** 2;
  const b = xy - (centre.x * y + centre.y * x) + count * centre.x * centre.y;
  const c = yy - 2 * centre.y * y + count * centre.y ** 2;
  const half = a === c ? HALF_PI : f32(f32(Math.atan2(2 * b, a - c)) / 2);
  const mean = f32((a + c) / 2);
  const offset = f32(f32(Math.sqrt(f32(f32(4 * f32(f32(b) * b)) + f32(f32(a - c) * (a - c))))) / 2);
  const [wide, narrow] = [f32(Math.sqrt(f32(mean + offset))), f32(Math.sqrt(f32(mean - offset)))];
  return { centre, radians: f32(half + HALF_PI), magnitude: wholeOf(f32(wide / narrow)) - 1 };
}

function medianFit({ width, height }: Raster, points: readonly Point[], pairs: number): Fit {
  const [countsX, countsY] = [new Float64Array(width), new Float64Array(height)];
  const [deltasX, deltasY] = [new Float64Array(2 * width), new Float64Array(2 * height)];
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
