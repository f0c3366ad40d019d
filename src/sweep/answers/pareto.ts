import { numbersOf, type ResultColumns } from '../study/batch.ts';
import type { Objective } from '../study/space.ts';

/** One row of figures for each objective, the smaller the better. */
function costsOf(results: ResultColumns, objectives: readonly Objective[]): Float64Array[] {
  return objectives.map(({ metric, goal }) => {
    const values = numbersOf(results, metric);
    return goal === 'min' ? Float64Array.from(values) : Float64Array.from(values, (value) => -value);
  });
}

/** Rows that may stand on a front: they ran, meet the constraint, and have all figures. */
function candidatesOf(results: ResultColumns, costs: readonly Float64Array[]): number[] {
  const [ok, meets] = [numbersOf(results, 'ok'), numbersOf(results, 'meets')];
  const rows: number[] = [];
  for (let row = 0; row < results.rows; row++) {
    if (ok[row] === 1 && meets[row] === 1 && costs.every((cost) => !Number.isNaN(cost[row]))) rows.push(row);
  }
  return rows;
}

/** Whether row `a` is nowhere worse than row `b` and somewhere better. */
export function dominates(costs: readonly ArrayLike<number>[], a: number, b: number): boolean {
  let better = false;
  for (const cost of costs) {
    if (cost[a] > cost[b]) return false;
    if (cost[a] < cost[b]) better = true;
  }
  return better;
}

function compareRows(costs: readonly Float64Array[], a: number, b: number): number {
  for (const cost of costs) if (cost[a] !== cost[b]) return cost[a] - cost[b];
  return a - b;
}

/** Of rows in ascending order, those on the front of one or two objectives: one pass. */
function sweepFront(costs: readonly Float64Array[], rows: readonly number[]): number[] {
  const second = costs[1] ?? costs[0];
  const front: number[] = [];
  for (const row of rows) {
    const last = front.at(-1);
    const isEqual = last !== undefined && costs.every((cost) => cost[last] === cost[row]);
    if (last === undefined || isEqual || (costs.length > 1 && second[row] < second[last])) front.push(row);
  }
  return front;
}

/** Of rows in ascending order, those that none before them dominates: a later row never dominates an earlier one. */
function cullFront(costs: readonly Float64Array[], rows: readonly number[]): number[] {
  const front: number[] = [];
  for (const row of rows) if (!front.some((other) => dominates(costs, other, row))) front.push(row);
  return front;
}

/**
 * Rows that no other row dominates, by ascending first objective; rows with equal figures are all kept. Failed points,
 * those that miss the constraint and those without a figure (accuracy that was never trained) are no candidates.
 * O(n log n) for two objectives, O(n x front) for more.
 */
export function paretoFront(results: ResultColumns, objectives: readonly Objective[]): number[] {
  const costs = costsOf(results, objectives);
  const rows = candidatesOf(results, costs).sort((a, b) => compareRows(costs, a, b));
  return costs.length <= 2 ? sweepFront(costs, rows) : cullFront(costs, rows);
}
