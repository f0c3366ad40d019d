import { formatMs, wrapText } from '../../report/format.ts';
import { formatTable } from '../../report/table.ts';
import type { Overlay, OverlayRow } from './overlay.ts';

const COLUMNS = [
  { title: 'line', align: 'right' },
  { title: 'in the log' },
  { title: 'operator', maxWidth: 44 },
  { title: 'measured', align: 'right' },
  { title: 'predicted', align: 'right' },
  { title: 'ratio', align: 'right' },
] as const;

/** "CONV_2D + RELU (op 0, 1)". */
export const operatorName = ({ names, nodes }: OverlayRow): string => `${names} (op ${nodes.join(', ')})`;

/** Conversions without a place, as one sentence. */
function besidesText(besides: Overlay['besides']): string {
  const ms = besides.reduce((sum, { measuredMs }) => sum + measuredMs, 0);
  const lines = besides.map(({ op, line }) => `${op} (line ${line})`).join(', ');
  return `conversions of the log without a place in the network, ${formatMs(ms)} in all: ${lines}`;
}

/** Of operators with one cause, so many are named. */
const MOST_NAMED = 6;

/** "CONV_2D (op 0) 1.50x": the operator, and by how much it differs where nothing explains it. */
function differing(row: OverlayRow): string {
  const { residual } = row;
  if (residual === undefined) return operatorName(row);
  return `${operatorName(row)} ${Math.max(residual, 1 / residual).toFixed(2)}x`;
}

/** Causes of single rows, each once, with its operators; those that differ most come first. */
function causesOf(rows: readonly OverlayRow[]): string[] {
  const byCause = new Map<string, OverlayRow[]>();
  const far = ({ measuredMs, predictedMs }: OverlayRow) => Math.abs(measuredMs - predictedMs);
  for (const row of [...rows].sort((a, b) => far(b) - far(a))) {
    if (row.cause !== undefined) byCause.set(row.cause, [...(byCause.get(row.cause) ?? []), row]);
  }
  return [...byCause].map(([cause, found]) => {
    const [first, ...others] = found.slice(0, MOST_NAMED).map(differing);
    if (others.length === 0) return `${first}: ${cause}`;
    const left = found.length - MOST_NAMED;
    return `${cause}: ${[first, ...others].join(', ')}${left > 0 ? `, and ${left} more` : ''}`;
  });
}

/** Measured beside predicted as a table, then the likely causes. */
export function formatOverlay(overlay: Overlay): string {
  const { model, board, format, rows, besides, measuredMs, predictedMs, commonRatio, commonCause } = overlay;
  const table = rows.map((row) => [
    `${row.line}`,
    row.op,
    operatorName(row),
    formatMs(row.measuredMs),
    formatMs(row.predictedMs),
    row.ratio.toFixed(2),
  ]);
  const causes = [
    ...(besides.length === 0 ? [] : [besidesText(besides)]),
    ...(commonCause === undefined ? [] : [commonCause]),
    ...causesOf(rows),
  ];
  return [
    `${model} on ${board}, beside a log of ${format}`,
    `  measured ${formatMs(measuredMs)}, predicted ${formatMs(predictedMs)}; median ratio ${commonRatio.toFixed(2)}`,
    '',
    formatTable(COLUMNS, table),
    ...(causes.length > 0 ? ['', ...causes.map((cause) => wrapText(cause, '    ', '  '))] : []),
  ].join('\n');
}
