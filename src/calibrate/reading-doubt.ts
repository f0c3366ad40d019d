import type { Board } from '../boards/board/board.ts';
import { paperCnn } from '../models/specs/paper-cnn.ts';
import { predict } from '../simulate/predict.ts';
import { gradientMs, NORMAL_90, spread } from '../simulate/uncertainty.ts';
import { paperReadingMs } from './paper.ts';

/** Half of a 90 % interval of what the bench reads of a network, in ms, and of its share of the first network's. */
export interface ReadingDoubt {
  readonly halfMs: number;
  readonly relativeHalf: number;
}

/**
 * The doubt of readings of the paper's networks with so many filters. What the calibration leaves open of a constant moves
 * all readings at once, so of a share `r = t(F) / t(1)` only `(g(F) - r g(1)) / t(1)` of it is left, g being the readings'
 * gradients by the constants (first-order propagation); the residuals of the two readings are their own.
 */
export function readingDoubts(board: Board, filters: readonly number[]): ReadingDoubt[] {
  const gradientOf = (count: number) => gradientMs(board, (other) => paperReadingMs(other, count));
  const first = { ms: paperReadingMs(board, filters[0]), gradient: gradientOf(filters[0]) };
  const { covariance = [], residualMs = 0 } = board.calibration ?? {};
  return filters.map((count, index) => {
    const { low, high } = predict(paperCnn({ filters: count }), board).reportedMs;
    const ratio = paperReadingMs(board, count) / first.ms;
    const gradient = gradientOf(count).map((own, at) => (own - ratio * first.gradient[at]) / first.ms);
    const residual = index === 0 ? 0 : (residualMs * Math.hypot(1, ratio)) / first.ms;
    const relativeHalf = NORMAL_90 * Math.hypot(spread(gradient, covariance), residual);
    return { halfMs: (high - low) / 2, relativeHalf };
  });
}
