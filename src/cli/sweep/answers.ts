import type { SweepRow, SweepSummary } from '../../report/sweep/summary.ts';
import { columnOf, numbersOf, valueAt, type ResultColumns } from '../../sweep/study/batch.ts';
import type { DesignSpace } from '../../sweep/study/space.ts';
import type { Execution } from './execution.ts';

/** Rows and failures are listed one by one up to so many points. */
export const LISTED_POINTS = 1000;

/** Columns that say nothing of a row that did not fail. */
const BOOKKEEPING = ['index', 'ok', 'reason'];

/** The axes and the results of a row by name; what is not known is left out. */
export function rowAt({ columns }: ResultColumns, row: number): SweepRow {
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

/** Where a row lies. */
interface Place {
  readonly batch: number;
  readonly row: number;
}

interface BestPlace extends Place {
  readonly latencyMs: number;
}

/** Columns that a tally looks at where no rows are listed. */
const TALLIED = ['board', 'latencyMs', 'fits', 'meets', 'ok', 'reason'];

/** What is told of any sweep, summed up batch by batch: a sweep may be larger than the memory. */
export class Tally {
  readonly #space: DesignSpace;
  readonly #isListed: boolean;
  readonly #reasons = new Map<string, number>();
  readonly #best = new Map<string, BestPlace>();
  readonly #rows: SweepRow[] = [];
  readonly #failures: SweepRow[] = [];
  #batches = 0;
  #points = 0;
  #failed = 0;
  #unfit = 0;
  #unmet = 0;

  /** Rows are listed where the sweep has so few points. */
  constructor(space: DesignSpace, points: number) {
    this.#space = space;
    this.#isListed = points <= LISTED_POINTS;
  }

  /** What it has to be given; undefined stands for all columns. */
  get columns(): readonly string[] | undefined {
    return this.#isListed ? undefined : TALLIED;
  }

  /** Where the fastest design of each board lies. */
  get best(): readonly Place[] {
    return [...this.#best.values()];
  }

  /** Adds the batches while somebody else reads them. */
  async *through(batches: AsyncIterable<ResultColumns>): AsyncGenerator<ResultColumns> {
    for await (const batch of batches) {
      this.add(batch);
      yield batch;
    }
  }

  /** Adds the next batch. */
  add(results: ResultColumns): void {
    const [ok, fits, meets, latencyMs] = ['ok', 'fits', 'meets', 'latencyMs'].map((name) =>
      numbersOf(results, name),
    );
    const [board, reason] = [columnOf(results, 'board'), columnOf(results, 'reason')];
    this.#points += results.rows;
    for (let row = 0; row < results.rows; row++) {
      if (ok[row] === 0) {
        this.#failed++;
        const why = valueAt(reason, row) as string;
        this.#reasons.set(why, (this.#reasons.get(why) ?? 0) + 1);
      } else {
        if (fits[row] === 0) this.#unfit++;
        if (meets[row] === 0) this.#unmet++;
        if (fits[row] === 1 && meets[row] === 1)
          this.#compare(valueAt(board, row) as string, latencyMs[row], row);
      }
      if (this.#isListed) this.#list(results, row, ok[row] === 1);
    }
    this.#batches++;
  }

  /** Keeps the fastest design of each board. */
  #compare(board: string, latencyMs: number, row: number): void {
    const known = this.#best.get(board);
    if (Number.isNaN(latencyMs) || (known && latencyMs >= known.latencyMs)) return;
    this.#best.set(board, { latencyMs, batch: this.#batches, row });
  }

  #list(results: ResultColumns, row: number, isOk: boolean): void {
    if (isOk) this.#rows.push(rowAt(results, row));
    else this.#failures.push(failureAt(results, this.#space, row));
  }

  get counts() {
    const reasons = [...this.#reasons].map(([reason, points]) => ({ reason, points }));
    return {
      points: this.#points,
      failed: this.#failed,
      unfit: this.#unfit,
      unmet: this.#space.constraint ? this.#unmet : 0,
      reasons: reasons.sort((a, b) => b.points - a.points),
      ...(this.#isListed && { rows: this.#rows, failures: this.#failures }),
    };
  }
}

export interface Found {
  readonly space: DesignSpace;
  readonly tally: Tally;
  readonly execution: Execution;
  /** The fastest designs, one of each board. */
  readonly best: readonly SweepRow[];
  /** True where rows are written to files. */
  readonly isStored: boolean;
  /** The Pareto front, where it is asked for. */
  readonly front: readonly SweepRow[] | undefined;
}

/** What `sweep` prints, but for the crossovers. */
export function summarise({ space, tally, execution, best, isStored, front }: Found): SweepSummary {
  const { donePoints, resumed, seconds } = execution;
  const { points, ...counts } = tally.counts;
  return {
    points,
    ...counts,
    best,
    stored: isStored ? points : 0,
    seconds,
    pointsPerSecond: (donePoints - resumed) / Math.max(seconds, 1e-9),
    resumed,
    axes: space.axes.map(({ name, values }) => ({ name, values: values.length })),
    objectives: space.objectives,
    ...(front && { pareto: front }),
  };
}
