import { f32 } from './float32.ts';
import { cosOf, distanceOf, HALF_PI, DEGREES, halfTurn, lineAcross, sinOf, wholeOf } from './lines.ts';
import type { FittedLine, PolarLine } from './lines.ts';
import type { Raster, Region } from './raster.ts';

export interface FindLinesOptions {
  readonly strideX: number;
  readonly strideY: number;
  /** Least sum of the edges on a line. */
  readonly threshold: number;
  /** Lines that differ less, in degrees and in pixels, are one. */
  readonly thetaMargin: number;
  readonly rhoMargin: number;
}

/** What a search takes of the board; what is told of it throws where the board has not as much. */
export interface FindLinesLimits {
  /** Told how many cells of the accumulator are lines, before they are put in a list. */
  readonly onPeaks: (count: number) => void;
  /** Told before a line is compared with so many others. */
  readonly onCompare: (count: number) => void;
}

const NO_LIMITS: FindLinesLimits = { onPeaks: () => undefined, onCompare: () => undefined };

export interface FoundLines {
  readonly lines: readonly FittedLine[];
  /** What was looked at: pixels, those of them that are edges, and cells of the accumulator. */
  readonly scanned: number;
  readonly edges: number;
  readonly cells: number;
}

/** Weaker edges count for nothing. */
const LEAST_EDGE = 126;
/** Directions by degree, and one at each side that stays empty. */
const COLUMNS = 182;

/** The sums of edges by distance and direction. */
class Accumulator {
  /** Rows of the distances from -reach to reach. */
  readonly reach: number;
  readonly rows: number;
  readonly sums: Float64Array;

  constructor({ width, height }: Region) {
    this.reach = wholeOf(f32(Math.sqrt(f32(width * width + height * height))));
    this.rows = 2 * this.reach + 1;
    this.sums = new Float64Array(this.rows * COLUMNS);
  }

  add(rho: number, theta: number, magnitude: number): void {
    this.sums[(rho + this.reach) * COLUMNS + theta + 1] += magnitude;
  }

  /** Cells that no neighbour exceeds, the nearest distance first. */
  peaks(threshold: number): PolarLine[] {
    const found: PolarLine[] = [];
    this.#eachPeak(threshold, (magnitude, theta, rho) => found.push({ magnitude, theta, rho }));
    return found;
  }

  countPeaks(threshold: number): number {
    let count = 0;
    this.#eachPeak(threshold, () => count++);
    return count;
  }

  #eachPeak(threshold: number, found: (magnitude: number, theta: number, rho: number) => void): void {
    for (let row = 1; row < this.rows - 1; row++) {
      for (let column = 1; column < COLUMNS - 1; column++) {
        const at = row * COLUMNS + column;
        if (this.sums[at] >= threshold && this.#isPeak(at))
          found(this.sums[at], column - 1, row - this.reach);
      }
    }
  }

  #isPeak(at: number): boolean {
    const most = this.sums[at];
    for (let row = at - COLUMNS; row <= at + COLUMNS; row += COLUMNS) {
      if (this.sums[row - 1] > most || this.sums[row] > most || this.sums[row + 1] > most) return false;
    }
    return true;
  }
}

/**
 * `img.find_lines()`: the Hough transform of the edges by Sobel. `greyOf` is the grey of a pixel.
 * Source: imlib_find_lines of openmv/openmv v3.9 (src/omv/imlib/hough.c), whose accumulator is whole where memory allows.
 */
export function findLines(
  { width, pixels }: Raster,
  region: Region,
  options: FindLinesOptions,
  greyOf: (pixel: number) => number,
  limits = NO_LIMITS,
): FoundLines {
  const { strideX, strideY, threshold } = options;
  const accumulator = new Accumulator(region);
  let [scanned, edges] = [0, 0];
  for (let y = region.y + 1; y < region.y + region.height - 1; y += strideY) {
    for (let x = region.x + (y % strideX) + 1; x < region.x + region.width - 1; x += strideX) {
      scanned++;
      const at = y * width + x;
      const [upLeft, downRight] = [greyOf(pixels[at - width - 1]), greyOf(pixels[at + width + 1])];
      const [upRight, downLeft] = [greyOf(pixels[at - width + 1]), greyOf(pixels[at + width - 1])];
      const slant = [upLeft - downRight, upRight - downLeft];
      const across = slant[0] - slant[1] + 2 * (greyOf(pixels[at - 1]) - greyOf(pixels[at + 1]));
      const down = slant[0] + slant[1] + 2 * (greyOf(pixels[at - width]) - greyOf(pixels[at + width]));
      const magnitude = Math.trunc((Math.abs(across) + Math.abs(down)) / 2);
      if (magnitude < LEAST_EDGE) continue;
      edges++;
      const theta = halfTurn(across === 0 ? HALF_PI : f32(Math.atan2(down, across)));
      accumulator.add(distanceOf({ x: x - region.x, y: y - region.y }, theta), theta, magnitude);
    }
  }
  limits.onPeaks(accumulator.countPeaks(threshold));
  const lines = merged(accumulator.peaks(threshold), options, limits)
    .map((line) => lineAcross(line, region))
    .filter((line) => line !== undefined);
  return { lines, scanned, edges, cells: accumulator.sums.length };
}

/** Each line takes in those behind it that are close, until none is. */
function merged(lines: PolarLine[], options: FindLinesOptions, { onCompare }: FindLinesLimits): PolarLine[] {
  for (;;) {
    const kept: PolarLine[] = [];
    // Those that stay apart are kept at the front of the queue, in their order.
    const queue = [...lines];
    for (let count = queue.length; count > 0;) {
      onCompare(count - 1);
      let line = queue[0];
      let apart = 0;
      for (let at = 1; at < count; at++) {
        const other = queue[at];
        const both = mergeOf(line, other, options);
        if (both) line = both;
        else queue[apart++] = other;
      }
      kept.push(line);
      count = apart;
    }
    if (kept.length === lines.length) return kept;
    lines = kept;
  }
}

const wholeTurn = ({ rho, theta, magnitude }: PolarLine): PolarLine =>
  rho < 0 ? { rho: -rho, theta: theta + 180, magnitude } : { rho, theta, magnitude };

function mergeOf(one: PolarLine, other: PolarLine, options: FindLinesOptions): PolarLine | undefined {
  const [a, b] = [wholeTurn(one), wholeTurn(other)];
  const turn = Math.abs(a.theta - b.theta);
  if ((turn >= 180 ? 360 - turn : turn) >= options.thetaMargin) return undefined;
  if (Math.abs(a.rho - b.rho) >= options.rhoMargin) return undefined;
  const sum = a.magnitude + b.magnitude;
  const mean = (of: (degrees: number) => number) =>
    f32(f32(f32(of(a.theta) * a.magnitude) + f32(of(b.theta) * b.magnitude)) / sum);
  const turned = wholeOf(f32(f32(Math.atan2(mean(sinOf), mean(cosOf))) * DEGREES)) % 360;
  const theta = turned < 0 ? turned + 360 : turned;
  const rho = Math.trunc((a.rho * a.magnitude + b.rho * b.magnitude) / sum);
  const magnitude = Math.trunc(sum / 2);
  return theta >= 180 ? { magnitude, theta: theta - 180, rho: -rho } : { magnitude, theta, rho };
}
