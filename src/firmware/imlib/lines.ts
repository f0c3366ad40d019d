import { f32, roundEven } from './float32.ts';
import type { Region } from './raster.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

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

export const HALF_PI = f32(1.570796);
export const DEGREES = 57.29578;
const INT32_MAX = 2 ** 31 - 1;
/** Values of a function of an angle by whole degree, as the firmware's tables have them. */
const byDegree = (of: (radians: number) => number): Float32Array =>
  Float32Array.from({ length: 360 }, (_, degrees) => of((degrees * Math.PI) / 180));
const COSINES = byDegree(Math.cos);
const SINES = byDegree(Math.sin);
/** Of a whole number of degrees, 0 to 359. */
export const cosOf = (degrees: number): number => COSINES[degrees];
export const sinOf = (degrees: number): number => SINES[degrees];

/** A float as a whole number in 32 bits: what is no number is 0, what is larger is the largest. */
export function wholeOf(value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(Math.max(roundEven(value), -INT32_MAX - 1), INT32_MAX);
}

/** A direction in whole degrees, of which opposite ones are the same. */
export function halfTurn(radians: number): number {
  const turned = wholeOf(f32(radians * DEGREES)) % 180;
  return turned < 0 ? turned + 180 : turned;
}

/** How far from the corner a line of this direction through a point is, in whole pixels. */
export function distanceOf({ x, y }: Point, theta: number): number {
  return wholeOf(f32(f32(x * cosOf(theta)) + f32(y * sinOf(theta))));
}

/** A line as a Hough transform has it. */
export type PolarLine = Pick<FittedLine, 'theta' | 'rho' | 'magnitude'>;

/** A line whose rho counts from the region's corner, from rim to rim of the region; undefined where it misses that. */
export function lineAcross({ theta, rho, magnitude }: PolarLine, region: Region): FittedLine | undefined {
  const [cos, sin] = [cosOf(theta), sinOf(theta)];
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
      ...{ magnitude, theta, rho: rho + distanceOf(region, theta) },
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
