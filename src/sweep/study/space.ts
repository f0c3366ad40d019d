import type { Axis, AxisValue } from './axis.ts';
import type { Constraint } from './constraint.ts';
import type { Metric } from './metric.ts';
import { latinDigits, shuffledIndex } from './sampling.ts';

/** Axes that are not placeholders of the model, in their order behind those: the last runs fastest. */
export const RESERVED_AXES = [
  'dtype',
  'kernels',
  'weightsIn',
  'floatFc',
  'copyOut',
  'board',
  'clock',
] as const;

export type ReservedAxis = (typeof RESERVED_AXES)[number];

/**
 * What is built at each point: a spec with placeholders in braces, `paper:{filters},k={kernel}` or the text of a JSON
 * layer list, or the bytes of a fixed file, in base64 so that the space stays JSON.
 */
export type ModelTemplate =
  | { readonly kind: 'spec'; readonly text: string }
  | { readonly kind: 'file'; readonly name: string; readonly base64: string };

/** How points are drawn. Random points never recur; Latin hypercube points take each value of an axis equally often. */
export type Sampling =
  | { readonly method: 'grid' }
  | { readonly method: 'random'; readonly points: number; readonly seed: number }
  | { readonly method: 'lhs'; readonly points: number; readonly seed: number }
  | {
      readonly method: 'search';
      readonly points: number;
      readonly seed: number;
      readonly population?: number;
    };

/** A figure that is to be small or large. */
export interface Objective {
  readonly metric: Metric;
  readonly goal: 'min' | 'max';
}

/** A study as plain data: it survives structuredClone and JSON. Make one with `designSpace`, which checks it. */
export interface DesignSpace {
  readonly model: ModelTemplate;
  /** In the order in which they count: placeholders, then RESERVED_AXES; the last runs fastest. */
  readonly axes: readonly Axis[];
  readonly sampling: Sampling;
  /** What a point must meet to be a candidate; others are stored too, marked. */
  readonly constraint?: Constraint;
  readonly objectives: readonly Objective[];
  /** Adds the 90 % interval of each latency; about fifty times slower. */
  readonly intervals?: boolean;
}

/** One design: the value of each axis by its name. */
export type DesignPoint = Readonly<Record<string, AxisValue>>;

/** Points of the full grid, whatever is sampled of it. */
export function countGridPoints({
  axes,
}: {
  readonly axes: readonly { readonly values: readonly unknown[] }[];
}): number {
  return axes.reduce((product, { values }) => product * values.length, 1);
}

/** Points of the study: they are addressed by index in [0, countPoints). */
export function countPoints(space: DesignSpace): number {
  const { sampling } = space;
  return sampling.method === 'grid' ? countGridPoints(space) : sampling.points;
}

/** Writes the position of each axis' value at a point of the full grid into `digits`. */
export function gridDigits(axes: readonly Axis[], gridIndex: number, digits: Int32Array | number[]): void {
  let rest = gridIndex;
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    const base = axes[axis].values.length;
    const quotient = Math.floor(rest / base);
    digits[axis] = rest - quotient * base;
    rest = quotient;
  }
}

/**
 * Writes the positions of the values at point `index` of the study into `digits`. Throws an Error for a search, whose
 * points follow from results (`createEvaluator` finds them).
 */
export function pointDigits(space: DesignSpace, index: number, digits: Int32Array | number[]): void {
  const { axes, sampling } = space;
  switch (sampling.method) {
    case 'grid':
      return gridDigits(axes, index, digits);
    case 'random':
      return gridDigits(axes, shuffledIndex(index, countGridPoints(space), sampling.seed), digits);
    case 'lhs':
      return latinDigits(axes, index, sampling, digits);
    case 'search':
      throw new Error('points of a search follow from results; evaluate them');
  }
}

/** The point of the study at an index in [0, countPoints). Throws an Error for a search. */
export function pointAt(space: DesignSpace, index: number): DesignPoint {
  const digits = new Int32Array(space.axes.length);
  pointDigits(space, index, digits);
  return Object.fromEntries(space.axes.map(({ name, values }, axis) => [name, values[digits[axis]]]));
}

export function isReservedAxis(name: string): name is ReservedAxis {
  return (RESERVED_AXES as readonly string[]).includes(name);
}
