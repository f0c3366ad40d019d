import type { Board, Grade } from '../boards/board/board.ts';
import { constantAt, withConstants } from '../boards/board/constant-paths.ts';
import type { Domain } from './domain.ts';
import type { Ends } from './fitted-times.ts';
import type { SetupChange } from './setup.ts';
import type { Interval } from './prediction.ts';

/** Two-sided 90 % of a normal distribution. */
export const NORMAL_90 = 1.6449;

/**
 * Relative standard deviation of a cost row that no measurement of the board constrains, by its grade.
 * Estimates: MLPerf Tiny repeats agree within 2.4 % (docs/hardware/measured.md#facts-in-the-rows), counted instructions
 * leave the CPI open by 0.60..0.75 (docs/hardware/cortex-m7.md#issue-rules), and an estimate by analogy is rarely off
 * by more than a half.
 */
const ROW_SIGMA: Readonly<Record<Grade, number>> = {
  measured: 0.05,
  documented: 0.1,
  fitted: 0.12,
  estimated: 0.3,
};

/** Relative doubt about the model's structure once it leaves what was measured; an estimate. */
const EXTRAPOLATION_SIGMA = 0.05;

/** The one constant that the reading has and the pulse has not. */
const READING_OFFSET_PATH = 'runtime.readingOffsetMs';

/** Relative step for derivatives by a calibrated constant. */
const STEP = 1e-3;

/** Cost of one kind of step that the calibration never saw. */
export interface UnseenCost {
  readonly costMs: number;
  readonly grade: Grade;
}

/** Standard deviation of a quantity with this gradient under the covariance. */
export function spread(gradient: readonly number[], covariance: readonly (readonly number[])[]): number {
  let variance = 0;
  for (let i = 0; i < gradient.length; i++) {
    const a = gradient[i];
    // Most constants are of operators that a network has not: they would add 0 each time.
    if (a === 0) continue;
    const row = covariance[i];
    for (let j = 0; j < gradient.length; j++) variance += a * gradient[j] * row[j];
  }
  return Math.sqrt(Math.max(0, variance));
}

/** A board with the constant at `path` larger by `delta`. */
export interface NudgedBoard {
  readonly path: string;
  readonly board: Board;
  readonly delta: number;
}

/** The board with each of its calibrated constants a little larger, one at a time. */
export function nudgedBoards(board: Board): NudgedBoard[] {
  const parameters = board.calibration?.parameters ?? [];
  return parameters.map(({ path, priorSigma }) => {
    const { value } = constantAt(board, path);
    const delta = Math.max(Math.abs(value) * STEP, priorSigma * STEP);
    return { path, board: withConstants(board, new Map([[path, value + delta]])), delta };
  });
}

/** Derivatives of a board-dependent quantity by each calibrated constant, by forward differences. */
export function gradientMs(board: Board, ofBoard: (board: Board) => number): number[] {
  if (!board.calibration) return [];
  const base = ofBoard(board);
  return nudgedBoards(board).map(({ board: nudged, delta }) => (ofBoard(nudged) - base) / delta);
}

/** What the intervals of one prediction have in common. */
export interface Doubt {
  readonly unseen: readonly UnseenCost[];
  readonly domain: Domain;
  /** What is not as it was measured. */
  readonly changes?: readonly SetupChange[];
}

/**
 * A 90 % interval: the calibration's covariance, the spread of its held-out residuals, the grades of the
 * costs that it never saw, and, outside the measured domain, a share for the model's structure.
 */
export function intervalOf(value: number, board: Board, gradient: readonly number[], doubt: Doubt): Interval {
  const { low, high } = endsOf(value, board, gradient, doubt);
  return { value, low, high, confidence: 0.9, ...doubt.domain };
}

/** The ends of `intervalOf`. */
export function endsOf(
  value: number,
  { calibration, doubt }: Board,
  gradient: readonly number[],
  { unseen, domain, changes = [] }: Doubt,
): Ends {
  const sigmas = unseen.map(({ costMs, grade }) => costMs * ROW_SIGMA[grade]);
  if (calibration) sigmas.push(spread(gradient, calibration.covariance), calibration.residualMs);
  if (domain.domain === 'extrapolated') sigmas.push(value * EXTRAPOLATION_SIGMA);
  for (const { sigma } of changes) sigmas.push(value * sigma);
  const half = NORMAL_90 * Math.hypot(...sigmas);
  // A board that nobody fitted is off by a factor, not by an amount.
  const factor = doubt && !calibration ? widened(doubt.factor, changes) : 1;
  const low = Math.min(Math.max(0, value - half), value / factor);
  return { low, high: Math.max(value + half, value * factor) };
}

/** A factor of doubt with that of changes, as independent of each other. */
function widened(factor: number, changes: readonly SetupChange[]): number {
  if (changes.length === 0) return factor;
  return Math.exp(Math.hypot(Math.log(factor), ...changes.map(({ sigma }) => NORMAL_90 * sigma)));
}

/** The gradient of the bench's reading: that of the pulse, and 1 for the offset itself where it is in doubt. */
export function readingGradient({ calibration }: Board, pulseGradient: readonly number[]): number[] {
  const isOffset = calibration?.parameters.map(({ path }) => path === READING_OFFSET_PATH) ?? [];
  return pulseGradient.map((derivative, index) => derivative + (isOffset[index] ? 1 : 0));
}
