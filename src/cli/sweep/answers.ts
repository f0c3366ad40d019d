import type { SweepRow, SweepSummary } from '../../report/sweep.ts';
import { columnOf, numbersOf, valueAt, type ResultColumns } from '../../sweep/batch.ts';
import type { DesignSpace } from '../../sweep/space.ts';
import type { Execution } from './execution.ts';

/** Rows and failures are listed one by one up to so many points. */
export const LISTED_POINTS = 1000;

/** Columns that say nothing of a row that did not fail. */
const BOOKKEEPING = ['index', 'ok', 'reason'];

/** The axes and the results of a row by name; what is not known is left out. */
function rowAt({ columns }: ResultColumns, row: number): SweepRow {
  const known = columns
    .filter(({ name }) => !BOOKKEEPING.includes(name))
    .map((column) => [column.name, valueAt(column, row)] as const)
    .filter(([, value]) => !Number.isNaN(value));
  return Object.fromEntries(known);
}

function failureAt(results: ResultColumns, { axes }: DesignSpace, row: number): SweepRow {
  const names = [...axes.map(({ name }) => name), 'reason'];
  return Object.fromEntries(names.map((name) => [name, valueAt(columnOf(results, name), row)]));
}

/** The fastest row of each board among those that fit and meet the constraint. */
function bestRows(results: ResultColumns): number[] {
  const [latencyMs, meets, fits] = ['latencyMs', 'meets', 'fits'].map((name) => numbersOf(results, name));
  const board = columnOf(results, 'board').values;
  const best = new Map<number, number>();
  for (let row = 0; row < results.rows; row++) {
    if (meets![row] === 0 || fits![row] === 0 || Number.isNaN(latencyMs![row]!)) continue;
    const known = best.get(board[row]!);
    if (known === undefined || latencyMs![row]! < latencyMs![known]!) best.set(board[row]!, row);
  }
  return [...best.values()];
}

function countReasons(results: ResultColumns): SweepSummary['reasons'] {
  const column = columnOf(results, 'reason');
  const ok = numbersOf(results, 'ok');
  const counts = new Map<number, number>();
  for (let row = 0; row < results.rows; row++) {
    if (ok[row] === 0) counts.set(column.values[row]!, (counts.get(column.values[row]!) ?? 0) + 1);
  }
  const words = column.kind === 'text' ? column.words : [];
  return [...counts]
    .map(([code, points]) => ({ reason: words[code]!, points }))
    .sort((a, b) => b.points - a.points);
}

function listRows(space: DesignSpace, results: ResultColumns): Pick<SweepSummary, 'rows' | 'failures'> {
  if (results.rows > LISTED_POINTS) return {};
  const ok = numbersOf(results, 'ok');
  const all = Array.from({ length: results.rows }, (_, row) => row);
  return {
    rows: all.filter((row) => ok[row] === 1).map((row) => rowAt(results, row)),
    failures: all.filter((row) => ok[row] === 0).map((row) => failureAt(results, space, row)),
  };
}

const sum = (flags: ArrayLike<number>): number =>
  Array.prototype.reduce.call(flags, (a, b) => Number(a) + Number(b), 0) as number;

export interface Found {
  readonly space: DesignSpace;
  readonly results: ResultColumns;
  readonly execution: Execution;
  /** Rows written to files. */
  readonly stored: number;
  /** Rows of the Pareto front, where it is asked for. */
  readonly front: readonly number[] | undefined;
}

/** What `sweep` prints, but for the crossovers. */
export function summarise({ space, results, execution, stored, front }: Found): SweepSummary {
  const { donePoints, resumed, seconds } = execution;
  const [ok, fits, meets] = ['ok', 'fits', 'meets'].map((name) => sum(numbersOf(results, name)));
  return {
    points: results.rows,
    failed: results.rows - ok!,
    stored,
    seconds,
    pointsPerSecond: (donePoints - resumed) / Math.max(seconds, 1e-9),
    resumed,
    unfit: ok! - fits!,
    unmet: space.constraint ? ok! - meets! : 0,
    axes: space.axes.map(({ name, values }) => ({ name, values: values.length })),
    reasons: countReasons(results),
    best: bestRows(results).map((row) => rowAt(results, row)),
    objectives: space.objectives,
    ...(front && { pareto: front.map((row) => rowAt(results, row)) }),
    ...listRows(space, results),
  };
}
