import type { ClassInstructions } from './op-classes.ts';
import { mixed } from './mixture.ts';
import type { LogPrediction } from './population-fit.ts';

/** Counted instructions between the flags, and how far each class moves with them. */
export interface FlaggedCounts {
  readonly instructions: ClassInstructions;
  readonly flagLogs?: readonly number[];
}

/** Places of the flags that were counted, -O2 and -Os, on the line between them. */
export const FLAGS = [-1 / 2, 1 / 2] as const;

/**
 * How far counts of one compiler are off those of another, as a logarithm: reference kernels move by 10 to 30 % with
 * where they are inlined (kernel counts, section 0).
 */
export const COUNT_SPREAD = 0.2;

export function instructionsAt({ instructions, flagLogs = [] }: FlaggedCounts, place: number): number {
  return instructions.reduce((sum, count, of) => sum + count * Math.exp(place * (flagLogs[of] ?? 0)), 0);
}

/** Whether flags move a run by more than counts are off. */
export function tellsFlags(counts: FlaggedCounts): boolean {
  const [fast, small] = FLAGS.map((place) => instructionsAt(counts, place));
  return Math.abs(Math.log(small / fast)) > COUNT_SPREAD;
}

/** What a fit says of a run whose build's flag it takes for a number, in units of its spread. */
export interface RunByFlag {
  /** Log cycles where the flag is at `at`. */
  readonly mean: number;
  readonly at: number;
  /** By how much log cycles go up with the flag. */
  readonly slope: number;
  /** Variance of log cycles at a flag that is known, a single row's among it. */
  readonly variance: number;
  /** Unit of the number. */
  readonly spread: number;
}

/** The run as a mixture of the flags, by their weights. */
export function mixFlags(
  { mean, at, slope, variance, spread }: RunByFlag,
  weights: readonly number[],
): LogPrediction {
  const sigma = Math.sqrt(variance);
  return mixed(
    FLAGS.map((place, of) => ({
      ...{ mean: mean + slope * (place / spread - at), sigma },
      weight: weights[of],
    })),
  );
}
