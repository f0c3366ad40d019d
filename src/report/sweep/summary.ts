import { formatCount, formatPercent, wrapText } from '../format.ts';
import { formatMeasureNumber, labelMeasure, nameMeasure } from './measures.ts';
import { formatTable, type Column } from '../table.ts';

/** One design by its axes, and what was predicted for it: latencyMs, flashBytes, fits, ... */
export type SweepRow = Readonly<Record<string, number | string | boolean>>;

export interface FailureReason {
  readonly reason: string;
  readonly points: number;
}

/** What a sweep found, as `sweep --json` prints it. */
export interface SweepSummary {
  readonly points: number;
  readonly failed: number;
  /** Rows that are kept in files: the store, CSV, Parquet, JSON. */
  readonly stored: number;
  readonly seconds: number;
  readonly pointsPerSecond: number;
  /** Points of --resume that were there before. */
  readonly resumed: number;
  /** Points that overflow a memory of their board. */
  readonly unfit: number;
  /** Points that do not meet --where. */
  readonly unmet: number;
  readonly axes: readonly { readonly name: string; readonly values: number }[];
  readonly reasons: readonly FailureReason[];
  /** The fastest design of each board that fits and meets --where. */
  readonly best: readonly SweepRow[];
  readonly objectives: readonly { readonly metric: string; readonly goal: 'min' | 'max' }[];
  readonly pareto?: readonly SweepRow[];
  /** All rows and all failures of a small sweep. */
  readonly rows?: readonly SweepRow[];
  readonly failures?: readonly SweepRow[];
}

const MAX_FRONT = 20;
const MAX_REASONS = 5;
const MAX_GRID = 64;
const BEST_METRICS = ['latencyMs', 'flashBytes', 'ramBytes'];

const textOf = (value: SweepRow[string] | undefined): string =>
  typeof value === 'number' ? formatMeasureNumber(value) : String(value ?? '-');

const isRight = (rows: readonly SweepRow[], name: string) =>
  rows.every((row) => typeof row[name] !== 'string');

function varied({ axes }: SweepSummary): string[] {
  const names = axes.filter(({ values }) => values > 1).map(({ name }) => name);
  return names.filter((name) => name !== 'board');
}

/** Rows with the board, the axes that vary and some results. */
function formatRows(summary: SweepSummary, rows: readonly SweepRow[], metrics: readonly string[]): string {
  const names = ['board', ...varied(summary), ...metrics];
  const columns = names.map((name): Column => ({
    title: metrics.includes(name) ? columnTitle(name) : name,
    align: isRight(rows, name) ? 'right' : 'left',
  }));
  const lines = rows.map((row) => names.map((name) => textOf(row[name])));
  return formatTable(columns, lines);
}

const columnTitle = (metric: string) => labelMeasure(metric).replace(' in ', ' ');

/** Latency by design and board where the designs are few. */
function formatGrid(summary: SweepSummary): string[] {
  const { rows = [], failures = [] } = summary;
  const names = varied(summary);
  const designs = new Map<string, SweepRow[]>();
  for (const row of [...rows, ...failures]) {
    const key = names.map((name) => row[name]).join(' ');
    designs.set(key, [...(designs.get(key) ?? []), row]);
  }
  if (designs.size === 0 || designs.size > MAX_GRID || names.length === 0) return [];
  const boards = [...new Set([...rows, ...failures].map((row) => String(row.board)))];
  const columns = [
    ...names.map((title): Column => ({ title, align: isRight(rows, title) ? 'right' : 'left' })),
    ...boards.map((board): Column => ({ title: `${board} ms`, align: 'right' })),
  ];
  const lines = [...designs.values()].map((design) => [
    ...names.map((name) => textOf(design[0][name])),
    ...boards.map((board) => formatCell(design.find((row) => row.board === board))),
  ]);
  const hasUnfit = rows.some((row) => row.fits === false);
  return [
    formatTable(columns, lines),
    ...(hasUnfit ? ['  ! does not fit into the memory of the board'] : []),
    '',
  ];
}

function formatCell(row: SweepRow | undefined): string {
  if (row?.latencyMs === undefined) return 'refused';
  return `${textOf(row.latencyMs)}${row.fits === false ? ' !' : ''}`;
}

function formatBest(summary: SweepSummary): string[] {
  const { best, axes, points, failed, unmet } = summary;
  const boards = axes.find(({ name }) => name === 'board')?.values ?? 0;
  const missing = boards - best.length;
  const wanted = unmet > 0 ? 'fits and meets --where' : 'fits';
  const none = missing > 0 ? [`  ${missing} of ${boards} boards have no design that ${wanted}`] : [];
  if (failed === points) return [];
  if (best.length === 0) return [...none, ''];
  const metrics = BEST_METRICS.filter((metric) => best.some((row) => row[metric] !== undefined));
  return ['  The fastest design that fits, on each board:', formatRows(summary, best, metrics), ...none, ''];
}

function formatPareto(summary: SweepSummary): string[] {
  const { pareto, objectives, unmet } = summary;
  if (!pareto) return [];
  const names = objectives.map(({ metric }) => nameMeasure(metric)).join(', ');
  if (pareto.length === 0)
    return [
      `  No design ${unmet > 0 ? 'fits and meets --where' : 'fits'}, so there is no Pareto front in ${names}.`,
      '',
    ];
  const shown = pareto.slice(0, MAX_FRONT);
  const rest = pareto.length - shown.length;
  return [
    `  Pareto front in ${names}: ${formatCount(pareto.length)} ${pareto.length === 1 ? 'design' : 'designs'}`,
    formatRows(
      summary,
      shown,
      objectives.map(({ metric }) => metric),
    ),
    ...(rest > 0 ? [`  and ${formatCount(rest)} more (--json has them all)`] : []),
    '',
  ];
}

/** The commonest reasons why boards refuse designs. */
function formatReasons({ reasons, failed }: SweepSummary): string[] {
  const shown = reasons.slice(0, MAX_REASONS);
  const rest = failed - shown.reduce((sum, { points }) => sum + points, 0);
  return [
    ...shown.map(({ reason, points }) => wrapText(`refused ${formatCount(points)}: ${reason}`, '    ', '  ')),
    ...(rest > 0 ? [`  refused ${formatCount(rest)} for other reasons`] : []),
  ];
}

function formatCounts(summary: SweepSummary): string {
  const { points, failed, unfit, unmet, resumed, seconds, pointsPerSecond } = summary;
  const share = (count: number) => `${formatCount(count)} (${formatPercent((100 * count) / points)})`;
  const parts = [
    `${formatCount(points)} points`,
    ...(failed > 0 ? [`${share(failed)} refused`] : []),
    ...(unfit > 0 ? [`${share(unfit)} do not fit`] : []),
    ...(unmet > 0 ? [`${share(unmet)} do not meet --where`] : []),
    ...(resumed > 0 ? [`${share(resumed)} were there already`] : []),
    `${seconds.toFixed(2)} s`,
    `${formatCount(pointsPerSecond)} points a second`,
  ];
  return wrapText(parts.join(', '), '    ', '  ');
}

/** The whole in short: a table of a small sweep, the best, the front, `crossover` in sentences, failures, the rate. */
export function formatSweep(summary: SweepSummary, crossover: readonly string[] = []): string {
  return [
    ...formatGrid(summary),
    ...formatBest(summary),
    ...formatPareto(summary),
    ...(crossover.length > 0 ? [...crossover, ''] : []),
    ...formatReasons(summary),
    formatCounts(summary),
  ].join('\n');
}
