import { Matrix, SVD } from 'ml-matrix';
import type { CostRow, Terms } from '../boards/board/board.ts';
import { evaluateTerms, matchesWhen, termValues } from '../boards/pricing/terms.ts';
import { kernelsOf, type InstructionRow } from './instruction-rows.ts';

/** Counted rows that a cost row stands for: same op, type, library and flag, geometry within its `when`. */
export function rowsFor(
  cost: Pick<CostRow, 'op' | 'dtype' | 'kernels' | 'when'>,
  target: string,
  rows: readonly InstructionRow[],
): InstructionRow[] {
  return rows.filter(
    (row) =>
      row.target === target &&
      row.op === cost.op &&
      (cost.dtype === 'any' || row.dtype === cost.dtype) &&
      kernelsOf(row) === cost.kernels &&
      matchesWhen(cost.when, row.counts),
  );
}

/**
 * Coefficients of the terms that minimise the sum of squared relative errors over the counted rows, so that a layer
 * of 10^4 instructions weighs as much as one of 10^7. Columns are scaled to unit length; solved by SVD, which gives
 * the smallest solution where the rows cannot tell two terms apart.
 */
export function fitTerms(terms: readonly string[], rows: readonly InstructionRow[]): Terms {
  const named = Object.fromEntries(terms.map((term) => [term, 0]));
  const design = rows.map((row) => termValues(named, row.counts).map((value) => value / row.instructions));
  const lengths = terms.map((_, column) => Math.hypot(...design.map((row) => row[column])) || 1);
  const scaled = new Matrix(design.map((row) => row.map((value, column) => value / lengths[column])));
  const solution = new SVD(scaled, { autoTranspose: true }).solve(Matrix.ones(rows.length, 1));
  return Object.fromEntries(
    Object.keys(named).map((term, column) => [term, solution.get(column, 0) / lengths[column]]),
  );
}

/** Four significant digits: 0.05 % at most, below what any formula here reaches. */
export function roundCoefficients(terms: Terms): Terms {
  return Object.fromEntries(
    Object.entries(terms).map(([term, value]) => [term, Number(value.toPrecision(4))]),
  );
}

export function relativeErrorPercent(terms: Terms, row: InstructionRow): number {
  return (100 * (evaluateTerms(terms, row.counts) - row.instructions)) / row.instructions;
}

/** Relative errors in percent of each row, predicted by a fit that did not see its fold (row index mod `folds`). */
export function crossValidate(
  terms: readonly string[],
  rows: readonly InstructionRow[],
  folds = 8,
): number[] {
  const count = Math.min(folds, rows.length);
  const fits = Array.from({ length: count }, (_, fold) =>
    fitTerms(
      terms,
      rows.filter((_row, index) => index % count !== fold),
    ),
  );
  return rows.map((row, index) => relativeErrorPercent(fits[index % count], row));
}
