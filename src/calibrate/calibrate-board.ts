import type { Board } from '../boards/board/board.ts';
import type { PosteriorData } from '../boards/board/calibrated.ts';
import type { PaperTable } from './measurements/dokic-2021.ts';
import { calibratedValues, fitBoard } from './paper.ts';
import { heldOutErrorsMs } from './validate-paper.ts';

/** Significant digits that are kept: far below the uncertainty, and equal on every machine. */
const DIGITS = 9;

/** Share of its standard deviation by which a number of a fit may move and still be the same. */
const SAME = 1e-3;

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/** Posterior of a board's constants from its table, with the spread of the leave-one-out residuals. */
export function calibrateBoard(board: Board, table: PaperTable): PosteriorData {
  const { means, covariance } = fitBoard(board, table.rows, table);
  const errors = heldOutErrorsMs(board, table);
  const residualMs = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
  return {
    values: means.map(rounded),
    covariance: covariance.map((row) => row.map(rounded)),
    residualMs: rounded(residualMs),
  };
}

/**
 * The same, or the fit that the board holds where the two say the same. The fit takes differences of simulated times,
 * which are whole picoseconds: a change of the code that moves one of them moves the last digits of every constant.
 */
export function recalibrateBoard(board: Board, table: PaperTable): PosteriorData {
  const fit = calibrateBoard(board, table);
  if (!board.calibration) return fit;
  const { covariance, residualMs } = board.calibration;
  const held = { values: calibratedValues(board), covariance, residualMs };
  return isSameFit(fit, held) ? held : fit;
}

/** Whether no number of a fit differs by more than a thousandth of its uncertainty. */
export function isSameFit(fit: PosteriorData, other: PosteriorData): boolean {
  const sigmas = fit.covariance.map((row, i) => Math.sqrt(row[i]));
  const isNear = (a: number, b: number | undefined, unit: number) => Math.abs(a - b!) <= SAME * unit;
  return (
    fit.values.length === other.values.length &&
    fit.values.every((value, i) => isNear(value, other.values[i], sigmas[i])) &&
    fit.covariance.every((row, i) =>
      row.every((value, j) => isNear(value, other.covariance[i]?.[j], sigmas[i] * sigmas[j])),
    ) &&
    isNear(fit.residualMs, other.residualMs, fit.residualMs)
  );
}
