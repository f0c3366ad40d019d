import type { BinnedAxis, SweepTable } from './results-table.ts';
import { ROW_STATE } from './results-table.ts';

/** The rows that share a value on each of some axes. */
export interface SweepCell {
  /** Index of the category on each axis, in the order of the axes. */
  readonly at: readonly number[];
  readonly points: number;
  readonly failed: number;
  readonly unfit: number;
  readonly unmet: number;
  /** Of the rows that did not fail; NaN where all did. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** True where none of the rows is a design that one could take. */
export function isOut({ points, failed, unfit, unmet }: SweepCell): boolean {
  return failed + unfit + unmet === points;
}

function medianOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** For each row the number of its cell: the categories as digits, the last axis running fastest. */
function cellNumbers(rows: number, axes: readonly BinnedAxis[]): Uint32Array {
  const numbers = new Uint32Array(rows);
  for (const { codes, labels } of axes) {
    for (let row = 0; row < rows; row++) numbers[row] = numbers[row] * labels.length + codes[row];
  }
  return numbers;
}

/** Rows in the order of their cells, and where each cell begins (a counting sort). */
function sortByCell(numbers: Uint32Array, cells: number): { order: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(cells + 1);
  for (const number of numbers) starts[number + 1]++;
  for (let cell = 0; cell < cells; cell++) starts[cell + 1] += starts[cell];
  const next = starts.slice();
  const order = new Uint32Array(numbers.length);
  numbers.forEach((number, row) => (order[next[number]++] = row));
  return { order, starts };
}

function categoriesOf(cell: number, axes: readonly BinnedAxis[]): number[] {
  const at: number[] = [];
  for (let index = axes.length - 1, rest = cell; index >= 0; index--) {
    const { length } = axes[index].labels;
    at.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return at;
}

/** The cells that have rows; what lies in one cell is told by its median, least and greatest value. */
export function groupCells(table: SweepTable, measure: string, axes: readonly BinnedAxis[]): SweepCell[] {
  const cells = axes.reduce((product, { labels }) => product * labels.length, 1);
  const { order, starts } = sortByCell(cellNumbers(table.rows, axes), cells);
  const values = table.measures[measure];
  return Array.from({ length: cells }, (_, cell) => cell)
    .filter((cell) => starts[cell + 1] > starts[cell])
    .map((cell) => {
      const rows = order.subarray(starts[cell], starts[cell + 1]);
      const sorted = Float64Array.from(rows, (row) => values[row])
        .filter((value) => !Number.isNaN(value))
        .sort();
      const count = (state: number) =>
        rows.reduce((sum, row) => sum + Number(table.states[row] === state), 0);
      return {
        at: categoriesOf(cell, axes),
        points: rows.length,
        failed: count(ROW_STATE.failed),
        unfit: count(ROW_STATE.unfit),
        unmet: count(ROW_STATE.unmet),
        median: sorted.length > 0 ? medianOf(sorted) : Number.NaN,
        least: sorted[0] ?? Number.NaN,
        most: sorted.at(-1) ?? Number.NaN,
      };
    });
}
