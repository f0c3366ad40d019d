import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { boardById } from '../boards/index.ts';
import { seededWords } from '../seeded-random.ts';
import { boardWith, calibratedValues, paperReadingMs } from './paper.ts';
import { readingDoubts } from './reading-doubt.ts';

const NORMAL_90 = 1.6449;

/** Spread of t(8) / t(1) over boards drawn from the calibration, besides the residuals of the two readings. */
function drawnHalf(id: string, draws: number): number {
  const board = boardById(id);
  const { covariance, residualMs } = board.calibration!;
  const lower = new CholeskyDecomposition(new Matrix(covariance.map((row) => [...row])))
    .lowerTriangularMatrix;
  const words = seededWords(7);
  const random = () => words() / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const values = calibratedValues(board);
  const ratios = Array.from({ length: draws }, () => {
    const moves = lower.mmul(Matrix.columnVector(values.map(normal))).to1DArray();
    const drawn = boardWith(
      board,
      values.map((value, at) => value + moves[at]!),
    );
    return paperReadingMs(drawn, 8) / paperReadingMs(drawn, 1);
  });
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / draws;
  const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / (draws - 1);
  const residual = (residualMs * Math.hypot(1, mean)) / paperReadingMs(board, 1);
  return NORMAL_90 * Math.hypot(Math.sqrt(variance), residual);
}

test.each(['maixduino', 'openmv-h7-plus'])(
  '%s: the band of a share of the first reading is as wide as boards drawn from the calibration spread',
  (id) => {
    const [first, eighth] = readingDoubts(boardById(id), [1, 8]);
    expect(first!.relativeHalf).toBe(0);
    const drawn = drawnHalf(id, 400);
    expect(eighth!.relativeHalf / drawn).toBeGreaterThan(0.9);
    expect(eighth!.relativeHalf / drawn).toBeLessThan(1.1);
  },
);
