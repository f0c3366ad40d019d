/** What a point is judged by; columns of the results by the same names. */
export const METRICS = ['latencyMs', 'reportedMs', 'flashBytes', 'ramBytes', 'macs', 'accuracy'] as const;

export type Metric = (typeof METRICS)[number];

/** What else each point of the results says, beside its axes. */
const OTHER_COLUMNS = ['index', 'ok', 'reason', 'fits', 'meets', 'lowMs', 'highMs'];

const COLUMNS_IN_SMALL = [...METRICS, ...OTHER_COLUMNS].map((name) => name.toLowerCase());

/** Whether the results have a column of that name, as SQL sees it: in any case. */
export const isResultColumn = (name: string): boolean => COLUMNS_IN_SMALL.includes(name.toLowerCase());

/** Short names that a user may write. */
const SHORT: ReadonlyMap<string, Metric> = new Map([
  ['latency', 'latencyMs'],
  ['reported', 'reportedMs'],
  ['flash', 'flashBytes'],
  ['arena', 'ramBytes'],
  ['ram', 'ramBytes'],
]);

export function isMetric(name: string): name is Metric {
  return (METRICS as readonly string[]).includes(name);
}

/** The metric of a full or short name; undefined where there is none. */
export function metricOf(name: string): Metric | undefined {
  if (isMetric(name)) return name;
  return SHORT.get(name);
}
