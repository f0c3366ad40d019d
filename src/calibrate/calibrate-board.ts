import type { Board } from '../boards/board/board.ts';
import type { PosteriorData } from '../boards/board/calibrated.ts';
import type { PaperTable } from './measurements/dokic-2021.ts';
import { fitBoard } from './paper.ts';
import { heldOutErrorsMs } from './validate-paper.ts';

/** Significant digits that are kept: far below the uncertainty, and equal on every machine. */
const DIGITS = 9;

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
