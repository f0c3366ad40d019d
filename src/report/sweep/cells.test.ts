import { describe, expect, test } from 'vitest';
import { groupCells, isOut } from './cells.ts';
import { binAxis, formatValue, isNumeric, ROW_STATE, variedAxes, type SweepTable } from './results-table.ts';

const { fine, unfit, failed, unmet } = ROW_STATE;

/** Rows of two axes, a of two values and b of three, with the latency of each row. */
function tableOf(rows: readonly (readonly [a: number, b: number, ms: number, state?: number])[]): SweepTable {
  return {
    rows: rows.length,
    axes: [
      { name: 'a', values: [10, 20], codes: rows.map(([a]) => a) },
      { name: 'b', values: ['x', 'y', 'z'], codes: rows.map(([, b]) => b) },
    ],
    measures: { ms: Float64Array.from(rows, ([, , ms]) => ms) },
    states: Uint8Array.from(rows, ([, , , state = fine]) => state),
  };
}

const group = (table: SweepTable, ...names: string[]) =>
  groupCells(
    table,
    'ms',
    names.map((name) =>
      binAxis(
        table.axes.find((axis) => axis.name === name)!,
        9,
      ),
    ),
  );

describe('rows of one cell', () => {
  test('have the middle one of an odd number, the mean of the two middle ones of an even', () => {
    const odd = tableOf([[0, 0, 9], [0, 1, 1], [0, 2, 2]]); // prettier-ignore
    const even = tableOf([[0, 0, 9], [0, 1, 1], [0, 2, 2], [0, 2, 4]]); // prettier-ignore
    expect([odd, even].map((table) => group(table, 'a')[0])).toMatchObject([
      { median: 2, least: 1, most: 9, points: 3 },
      { median: 3, least: 1, most: 9, points: 4 },
    ]);
  });

  test('are counted by what became of them; a failure has no latency', () => {
    const table = tableOf([
      [1, 0, 5],
      [1, 0, 7, unfit],
      [1, 1, 6, unmet],
      [1, 1, NaN, failed],
      [1, 2, NaN, failed],
    ]);
    expect(group(table, 'a')).toEqual([
      { at: [1], points: 5, failed: 2, unfit: 1, unmet: 1, median: 6, least: 5, most: 7 },
    ]);
  });

  test('that all failed have no figures', () => {
    expect(group(tableOf([[0, 0, NaN, failed]]), 'a')[0]).toMatchObject({
      median: NaN,
      least: NaN,
      most: NaN,
    });
  });
});

test('cells come by their categories, the last axis running fastest; those without rows are left out', () => {
  const table = tableOf([[1, 2, 4], [0, 1, 1], [1, 0, 3], [0, 1, 2]]); // prettier-ignore
  expect(group(table, 'a', 'b').map(({ at, points }) => [...at, points])).toEqual([
    [0, 1, 2],
    [1, 0, 1],
    [1, 2, 1],
  ]);
  expect(group(table, 'b', 'a').map(({ at }) => at)).toEqual([[0, 1], [1, 0], [2, 1]]); // prettier-ignore
});

test('a cell is out where none of its rows can be taken', () => {
  const cell = { at: [], points: 3, median: 1, least: 1, most: 1 };
  expect(isOut({ ...cell, failed: 1, unfit: 1, unmet: 1 })).toBe(true);
  expect(isOut({ ...cell, failed: 1, unfit: 1, unmet: 0 })).toBe(false);
});

describe('axes', () => {
  const axis = (values: readonly (number | string)[]) => ({ name: 'n', values, codes: [0, 1, 2, 3, 4] });

  test('of one value say nothing', () => {
    const table = tableOf([[0, 0, 1]]);
    const axes = [axis([1]), axis([1, 2])];
    expect(variedAxes({ ...table, axes })).toEqual([axes[1]]);
  });

  test('are numeric where all values are numbers', () => {
    expect([axis([1, 2]), axis([1, 'x']), axis(['x'])].map(isNumeric)).toEqual([true, false, false]);
  });

  test('with few values are left as they are, words by their places', () => {
    const words = axis(['x', 'y', 'z']);
    expect(binAxis(words, 3)).toEqual({
      ...{ name: 'n', labels: ['x', 'y', 'z'], positions: [0, 1, 2], isBinned: false },
      codes: words.codes,
    });
    expect(binAxis(words, 2)).toMatchObject({ labels: ['x to y', 'z'], positions: [0, 1], isBinned: true });
  });

  test('share a category in the order of their values', () => {
    expect(binAxis(axis([1, 2, 4, 8, 16]), 2)).toMatchObject({
      labels: ['1 to 4', '8 to 16'],
      positions: [7 / 3, 12],
      codes: Uint32Array.of(0, 0, 0, 1, 1),
    });
  });

  test('values are named in few characters', () => {
    expect([3, 'x', 1 / 3, 123456].map(formatValue)).toEqual(['3', 'x', '0.3333', '123456']);
  });
});
