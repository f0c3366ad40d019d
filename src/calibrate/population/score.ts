/** A prediction beside what was measured, in ms or uJ. */
export interface Judged {
  readonly measured: number;
  readonly predicted: number;
  readonly low: number;
  readonly high: number;
}

/** How far a set of predictions is off. */
export interface Score {
  readonly rows: number;
  readonly medianPercent: number;
  readonly mapePercent: number;
  readonly within10Percent: number;
  readonly within20Percent: number;
  /** Share of the rows whose measured value lies in its interval. */
  readonly coveragePercent: number;
  /** Median factor from the prediction to the end of its interval. */
  readonly halfWidth: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

const share = (values: readonly boolean[]): number => (100 * values.filter(Boolean).length) / values.length;

/** Undefined where there is no row. */
export function scoreOf(rows: readonly Judged[]): Score | undefined {
  if (rows.length === 0) return undefined;
  const errors = rows.map(({ measured, predicted }) => 100 * Math.abs(predicted / measured - 1));
  return {
    rows: rows.length,
    medianPercent: median(errors),
    mapePercent: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    within10Percent: share(errors.map((error) => error <= 10)),
    within20Percent: share(errors.map((error) => error <= 20)),
    coveragePercent: share(rows.map(({ measured, low, high }) => measured >= low && measured <= high)),
    halfWidth: median(rows.map(({ predicted, high }) => (predicted > 0 ? high / predicted : 1))),
  };
}
