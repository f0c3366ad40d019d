import type { KpuRow, KpuValidation } from '../calibrate/validate-kpu.ts';
import type { HeldOutRow, PaperValidation } from '../calibrate/validate-paper.ts';
import { formatNumber, formatSigned } from './format.ts';
import { formatTable } from './table.ts';

/** A bar that a figure must not pass. */
export interface Gate {
  readonly name: string;
  readonly holds: boolean;
  readonly figure: number;
  readonly bar: number;
}

/** What the validations against single layers and kernels print with --json. */
export interface RowsValidation {
  readonly rows: readonly {
    readonly id: string;
    readonly measured: number;
    readonly predicted: number;
    readonly errorPercent: number;
  }[];
  readonly medianPercent: number;
  readonly mapePercent: number;
  readonly within10Percent: number;
  readonly worst: unknown;
  readonly gates?: readonly Gate[];
}

const LISTED_ROWS = 40;

/** The bars with their figures. */
export function formatGates(gates: readonly Gate[]): string {
  const columns = [
    { title: 'bar' },
    { title: 'figure', align: 'right' },
    { title: 'limit', align: 'right' },
    { title: '' },
  ] as const;
  const rows = gates.map(({ name, figure, bar, holds }) => [
    name,
    formatNumber(figure, 3),
    `${bar}`,
    holds ? 'holds' : 'MISSED',
  ]);
  return formatTable(columns, rows);
}

/** Rows with their errors, the largest first where there are too many to list; then the summary and the bars. */
export function formatRowsValidation(title: string, document: RowsValidation): string {
  const { rows, medianPercent, mapePercent, within10Percent, gates = [] } = document;
  const columns = [
    { title: 'row' },
    { title: 'measured', align: 'right' },
    { title: 'predicted', align: 'right' },
    { title: 'error %', align: 'right' },
  ] as const;
  const isLong = rows.length > LISTED_ROWS;
  const ranked = isLong
    ? [...rows].sort((a, b) => Math.abs(b.errorPercent) - Math.abs(a.errorPercent))
    : rows;
  const listed = ranked
    .slice(0, LISTED_ROWS)
    .map(({ id, measured, predicted, errorPercent }) => [
      id,
      formatNumber(measured),
      formatNumber(predicted),
      formatSigned(errorPercent, 1),
    ]);
  const share = `${within10Percent.toFixed(1)} % of the rows within 10 %`;
  return [
    isLong ? `${title} (the ${LISTED_ROWS} worst of ${rows.length} rows)` : title,
    '',
    formatTable(columns, listed),
    '',
    `  median error ${medianPercent.toFixed(2)} %, mean ${mapePercent.toFixed(2)} %, ${share}`,
    ...(gates.length > 0 ? ['', formatGates(gates)] : []),
  ].join('\n');
}

function formatHeldOut(board: string, rows: readonly HeldOutRow[]): string {
  const columns = ['filters', 'measured ms', 'held-out ms', 'error %'];
  const cells = rows.map(({ filters, measuredMs, predictedMs, errorPercent }) => [
    `${filters}`,
    `${measuredMs}`,
    predictedMs.toFixed(3),
    formatSigned(errorPercent, 2),
  ]);
  const table = formatTable(
    columns.map((title) => ({ title, align: 'right' as const })),
    cells,
  );
  return `${board}: each row predicted by a fit that has not seen it\n\n${table}`;
}

/** Errors on rows that the fit has not seen, beside a straight line and the rounding of the table. */
export function formatPaperValidation({ boards, gates }: PaperValidation, listsRows: boolean): string {
  const columns = [
    'board',
    'leave-one-out %',
    'worst %',
    'line %',
    'trained on 1..5, 6..10 %',
    'line %',
    'priors only %',
    'rounding alone %',
  ];
  const percent = (value: number) => value.toFixed(2);
  const rows = boards.map((board) => [
    board.board,
    percent(board.looMapePercent),
    percent(board.looWorstPercent),
    percent(board.baseline.looMapePercent),
    percent(board.trainLow5.mapePercent),
    percent(board.baseline.trainLow5MapePercent),
    percent(board.priorsOnlyMapePercent),
    percent(board.roundingFloorPercent),
  ]);
  const table = formatTable(
    columns.map((title, index) => ({ title, align: index === 0 ? ('left' as const) : ('right' as const) })),
    rows,
  );
  const details = listsRows ? boards.flatMap(({ board, loo }) => [formatHeldOut(board, loo)]) : [];
  return [
    "The paper's tables, mean absolute error of rows that the fit has not seen",
    table,
    ...details,
    formatGates(gates),
  ].join('\n\n');
}

const KPU_COLUMNS = [
  { title: 'case' },
  { title: 'layer', align: 'right' },
  { title: 'mode' },
  { title: 'equal' },
] as const;

/** Outputs that differ, or the first where none does; then how many are equal. */
export function formatKpuValidation({ rows, equal, total }: KpuValidation): string {
  const different = rows.filter((row) => !row.equal);
  const listed = (different.length > 0 ? different : rows).slice(0, LISTED_ROWS);
  const cells = ({ id, layer, mode, equal: isEqual }: KpuRow) => [
    id,
    `${layer}`,
    mode,
    isEqual ? 'yes' : 'NO',
  ];
  return [
    "The KPU against what the vendor's own code computes, every byte",
    formatTable(KPU_COLUMNS, listed.map(cells)),
    `  ${equal} of ${total} outputs equal`,
  ].join('\n\n');
}
