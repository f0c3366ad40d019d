import type { ReproducedBoard, Reproduction } from '../../calibrate/reproduce.ts';
import type { ReproducedNetworks } from '../../calibrate/reproduce-networks.ts';
import { formatSigned, wrapText } from '../format.ts';
import { formatNetworks } from './networks.ts';
import { formatTable } from '../table.ts';
import { formatTerminalPlot } from './terminal-plot.ts';

/** Titles of a board's table; the period stands only where it differs from the pulse. */
export function reproductionColumns({ reading }: ReproducedBoard): string[] {
  const period = reading === 'period' ? ['period ms'] : [];
  return ['filters', 'measured ms', 'pulse ms', ...period, 'error ms', 'error %'];
}

/** Cells of a board's table, in the order of `reproductionColumns`. */
export function reproductionRows({ rows }: ReproducedBoard): string[][] {
  const decimals = Math.max(...rows.map(({ measuredMs }) => `${measuredMs}`.split('.')[1]?.length ?? 0));
  return rows.map(({ filters, measuredMs, pulseMs, periodMs, errorMs, errorPercent }) => [
    `${filters}`,
    measuredMs.toFixed(decimals),
    pulseMs.toFixed(3),
    ...(periodMs === null ? [] : [periodMs.toFixed(3)]),
    formatSigned(errorMs, 3),
    formatSigned(errorPercent, 1),
  ]);
}

/** "mean error 0.7 %, worst 0.005 ms; 10 of 10 round to the printed value". */
export function summarizeBoard({
  mapePercent,
  worstMs,
  roundedEqual,
  rows,
  reading,
}: ReproducedBoard): string {
  const errors = `mean error ${mapePercent.toFixed(1)} %, worst ${worstMs.toFixed(3)} ms`;
  const name = reading === 'period' ? 'loop period' : 'pulse';
  return `${name}: ${errors}; ${roundedEqual} of ${rows.length} round to the printed value`;
}

function formatBoard(board: ReproducedBoard): string {
  const columns = reproductionColumns(board).map((title) => ({ title, align: 'right' as const }));
  return [
    `${board.name} (${board.board}), the paper's ${board.table}`,
    '',
    formatTable(columns, reproductionRows(board)),
    '',
    `  ${summarizeBoard(board)}`,
    '',
    ...board.why.map((sentence) => wrapText(sentence, '    ', '  - ')),
  ].join('\n');
}

function formatFigures({ boards }: Reproduction): string[] {
  const inference = boards.map(({ board, rows }) => ({
    label: board,
    predicted: rows.map((row) => row.reportedMs),
    measured: rows.map((row) => row.measuredMs),
  }));
  const relative = inference.map(({ label, predicted, measured }) => ({
    label,
    predicted: predicted.map((value) => value / predicted[0]),
    measured: measured.map((value) => value / measured[0]),
  }));
  return [
    formatTerminalPlot('Figure 7: ms of one inference', inference),
    formatTerminalPlot('Figure 8: time relative to one filter', relative),
  ];
}

function formatBeyond({ beyond, crossover }: Reproduction): string {
  const counts = [1, 5, 6, 8, 10, 16, 24, 32, 48, 64].filter((filters) => filters <= crossover.maxFilters);
  const columns = ['filters', ...beyond.map(({ board }) => `${board} call ms`)];
  const rows = counts.map((filters) => [
    `${filters}`,
    ...beyond.map(({ rows }) => rows.find((row) => row.filters === filters)?.pulseMs.toFixed(3) ?? ''),
  ]);
  return [
    `Beyond the paper: up to ${crossover.maxFilters} filters`,
    '',
    formatTable(
      columns.map((title) => ({ title, align: 'right' as const })),
      rows,
    ),
    '',
    wrapText(crossover.sentence, '  '),
  ].join('\n');
}

/** The paper's tables and figures as text, then what lies beyond them. */
export function formatReproduction(reproduction: Reproduction, networks?: ReproducedNetworks): string {
  return [
    ...reproduction.boards.map(formatBoard),
    ...(networks ? [formatNetworks(networks)] : []),
    ...formatFigures(reproduction),
    formatBeyond(reproduction),
  ].join('\n\n');
}
