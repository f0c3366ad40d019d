import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { CostRow } from '../boards/board/board.ts';
import { COSTS_BY_CORE } from '../boards/libraries/index.ts';
import {
  crossValidate,
  fitTerms,
  relativeErrorPercent,
  roundCoefficients,
  rowsFor,
} from './fit-instructions.ts';
import { carriedInstructionCounts, readInstructionCounts, type InstructionRow } from './instruction-rows.ts';

const ROWS = carriedInstructionCounts();
const DATA = new URL('../../data/instruction-counts.csv', import.meta.url);

interface FittedRow {
  readonly name: string;
  readonly cost: CostRow;
  readonly rows: readonly InstructionRow[];
}

/** Fitted to more rows than its `when` selects: says so in its source. */
const FITTED_ELSEWHERE = /1x1 convolutions off the fast path/;

function isFirstMatch(cost: CostRow, row: InstructionRow, costs: readonly CostRow[]): boolean {
  return costs.find((candidate) => rowsFor(candidate, row.target, [row]).length > 0) === cost;
}

function listFitted(): FittedRow[] {
  return Object.entries(COSTS_BY_CORE).flatMap(([target, costs]) =>
    costs
      .filter((cost) => cost.grade === 'fitted' && cost.instructions && !FITTED_ELSEWHERE.test(cost.source))
      .map((cost) => ({
        name: `${target} ${cost.kernels} ${cost.op} ${cost.dtype} ${JSON.stringify(cost.when ?? {})}`,
        cost,
        rows: rowsFor(cost, target, ROWS).filter((row) => isFirstMatch(cost, row, costs)),
      }))
      .filter(({ rows }) => rows.length > 0),
  );
}

const FITTED = listFitted();

describe('fitted instruction formulas', () => {
  it('stand for every kernel library that was counted', () => {
    expect(new Set(FITTED.map(({ cost }) => cost.kernels)).size).toBe(10);
  });

  test.each(FITTED)('$name: refitting gives the stored coefficients', ({ cost, rows }) => {
    const refit = roundCoefficients(fitTerms(Object.keys(cost.instructions!), rows));
    expect(refit).toEqual(cost.instructions);
  });
});

function heldOutErrors(select: (row: FittedRow) => boolean): number[] {
  return FITTED.filter(select)
    .flatMap(({ cost, rows }) => {
      const terms = Object.keys(cost.instructions!);
      if (rows.length <= terms.length) return [];
      const errors = crossValidate(terms, rows, rows.length > 30 ? 8 : rows.length);
      return errors.map((error, index) => ({ error: Math.abs(error), row: rows[index] }));
    })
    .filter(({ row }) => row.kernelLibrary !== 'cmsis-nn' || row.instructions > 20_000)
    .map(({ error }) => error)
    .sort((a, b) => a - b);
}

const shareWithin = (errors: readonly number[], percent: number) =>
  (100 * errors.filter((error) => error <= percent).length) / errors.length;

describe('rows left out of the fit (cross-validation)', () => {
  it.each([
    ['openmv-libtf-2020-11', 'float32', 1, 95],
    ['tflm-reference', undefined, 3, 95],
    ['cmsis-nn', undefined, 8, 90],
  ] as const)('%s %s: within %i %% for %i %% of the rows', (library, dtype, percent, share) => {
    const errors = heldOutErrors(
      ({ cost }) =>
        cost.kernels.toString().startsWith(library) && (dtype === undefined || cost.dtype === dtype),
    );
    expect(shareWithin(errors, percent)).toBeGreaterThanOrEqual(share);
  });
});

describe('relative least squares', () => {
  it('finds the coefficients of rows made from them, whatever their magnitude', () => {
    const rows = ROWS.filter((row) => row.op === 'FULLY_CONNECTED').map((row) => ({
      ...row,
      instructions: 5 * row.counts.macsInImage + 20 * row.counts.outputs + 10,
    }));
    const terms = fitTerms(['macsInImage', 'outputs', '1'], rows);
    expect(roundCoefficients(terms)).toEqual({ macsInImage: 5, outputs: 20, '1': 10 });
    expect(relativeErrorPercent(terms, rows[0])).toBeCloseTo(0);
  });
});

it('the carried counts are every row of data/instruction-counts.csv', () => {
  const data = readInstructionCounts(readFileSync(DATA, 'utf8'));
  const keys = (rows: readonly InstructionRow[]) => rows.map((row) => `${row.id} ${row.instructions}`).sort();
  expect(keys(ROWS)).toEqual(keys(data));
});

describe('a fit', () => {
  const rowOf = (counts: Record<string, number>, instructions: number) =>
    ({ counts, instructions }) as unknown as InstructionRow;

  it('finds the coefficients that made the rows', () => {
    const rows = [1, 2, 5, 9].map((n) => rowOf({ n, m: n * n }, 7 * n + 3 * n * n + 40));
    expect(fitTerms(['n', 'm', '1'], rows)).toEqual({
      n: expect.closeTo(7, 6),
      m: expect.closeTo(3, 6),
      '1': expect.closeTo(40, 6),
    });
  });

  it('shares between terms that fewer rows cannot tell apart', () => {
    expect(fitTerms(['a', 'b'], [rowOf({ a: 1, b: 1 }, 10)])).toEqual({
      a: expect.closeTo(5, 9),
      b: expect.closeTo(5, 9),
    });
  });

  it('weighs relative errors: a row of 10 counts as much as one of 1000', () => {
    // c / 10 and c / 1000 shall be 1: c = (0.1 + 0.001) / (0.01 + 0.000001).
    const { n } = fitTerms(['n'], [rowOf({ n: 1 }, 10), rowOf({ n: 1 }, 1000)]);
    expect(n).toBeCloseTo(0.101 / 0.010001, 9);
  });

  it('keeps four digits', () => {
    expect(roundCoefficients({ a: 1.23456, b: 98765.4, '1': 0.000123456 })).toEqual({
      a: 1.235,
      b: 98770,
      '1': 0.0001235,
    });
  });

  it('says by how many percent it is off', () => {
    expect(relativeErrorPercent({ n: 3 }, rowOf({ n: 10 }, 40))).toBe(-25);
  });
});
