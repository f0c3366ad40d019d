import type { CellFailure, CellResult } from '../sweep/cell.ts';
import type { LeadChange } from '../sweep/crossover.ts';
import { formatCount, formatNumber } from './format.ts';
import { formatTable } from './table.ts';

/** What `sweep --json` prints. */
export interface SweepSummary {
  readonly points: number;
  readonly failed: number;
  readonly stored: number;
  readonly seconds: number;
  readonly pointsPerSecond: number;
  readonly crossover: readonly LeadChange[];
  readonly rows: readonly CellResult[];
  readonly failures: readonly CellFailure[];
}

const POINT_COLUMNS = [
  { title: 'kernel', align: 'right' },
  { title: 'side', align: 'right' },
  { title: 'filters', align: 'right' },
] as const;

function keyOf({ kernel, side, filters }: { kernel: number; side: number; filters: number }): string[] {
  return [`${kernel}`, `${side}`, `${filters}`];
}

function formatCell(cell: CellResult | undefined): string {
  if (!cell) return 'fails';
  return `${formatNumber(cell.latencyMs)}${cell.fits ? '' : ' !'}`;
}

function formatGrid(rows: readonly CellResult[]): string {
  const boards = [...new Set(rows.map((row) => row.board))];
  const points = new Map<string, CellResult[]>();
  for (const row of rows)
    points.set(keyOf(row).join(' '), [...(points.get(keyOf(row).join(' ')) ?? []), row]);
  const columns = [
    ...POINT_COLUMNS,
    ...boards.map((board) => ({ title: `${board} ms`, align: 'right' as const })),
  ];
  const lines = [...points.values()].map((cells) => [
    ...keyOf(cells[0]!),
    ...boards.map((board) => formatCell(cells.find((cell) => cell.board === board))),
  ]);
  return formatTable(columns, lines);
}

function formatLeads(crossover: readonly LeadChange[]): string[] {
  return crossover.map(
    ({ kernel, side, filters, board, latencyMs }) =>
      `  k=${kernel}, ${side}x${side}: from ${filters} filters on ${board} is the fastest (${formatNumber(latencyMs)} ms)`,
  );
}

/** Latency by point and board, then who leads from where, failures by reason, and the rate. */
export function formatSweep(summary: SweepSummary): string {
  const { points, failed, seconds, pointsPerSecond, crossover, rows, failures } = summary;
  const reasons = [...new Set(failures.map((failure) => failure.reason))];
  const rate = `${formatCount(pointsPerSecond)} points a second`;
  return [
    formatGrid(rows),
    ...(rows.every((row) => row.fits) ? [] : ['', '  ! does not fit into the memory of the board']),
    '',
    ...(new Set(rows.map((row) => row.board)).size > 1 ? formatLeads(crossover) : []),
    ...reasons.slice(0, 5).map((reason) => `  failed: ${reason}`),
    `  ${points} points, ${failed} failed, ${seconds.toFixed(2)} s, ${rate}`,
  ].join('\n');
}
