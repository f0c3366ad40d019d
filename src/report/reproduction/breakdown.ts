import type { Prediction } from '../../simulate/prediction.ts';

/** Time of one kind of step in one call. */
export interface BreakdownPart {
  readonly filters: number;
  readonly op: string;
  readonly ms: number;
}

/** Where the time of a board's calls goes, over filters; the small kinds of step are joined. */
export interface Breakdown {
  readonly board: string;
  /** Kinds of step in the order of the call, "other" last. */
  readonly ops: readonly string[];
  readonly parts: readonly BreakdownPart[];
}

const MAX_KINDS = 7;
const OTHER = 'other';

function totalByOp(predictions: readonly Prediction[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { steps } of predictions) {
    for (const { op, durationMs } of steps) totals.set(op, (totals.get(op) ?? 0) + durationMs);
  }
  return totals;
}

/** Kinds that are named: the largest, in the order in which they occur first. */
function namedOps(totals: ReadonlyMap<string, number>): string[] {
  const ranked = [...totals].sort(([, a], [, b]) => b - a).map(([op]) => op);
  const largest = new Set(ranked.slice(0, MAX_KINDS));
  return [...totals.keys()].filter((op) => largest.has(op));
}

function partsOf({ steps }: Prediction, filters: number, ops: readonly string[]): BreakdownPart[] {
  const sumWhere = (isPart: (op: string) => boolean) =>
    steps.reduce((sum, { op, durationMs }) => sum + (isPart(op) ? durationMs : 0), 0);
  const named = ops.map((op) => ({ filters, op, ms: sumWhere((one) => one === op) }));
  return [...named, { filters, op: OTHER, ms: sumWhere((op) => !ops.includes(op)) }];
}

/** Costs by kind of step of predictions for 1, 2, 3, ... filters on one board. */
export function breakDown(board: string, predictions: readonly Prediction[]): Breakdown {
  const ops = namedOps(totalByOp(predictions));
  const parts = predictions.flatMap((prediction, index) => partsOf(prediction, index + 1, ops));
  return { board, ops: [...ops, OTHER], parts };
}
