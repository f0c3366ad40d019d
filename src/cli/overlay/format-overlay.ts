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

/** Measured beside predicted as a table, then the likely causes. */
export function formatOverlay(overlay: Overlay): string {
  const { model, board, format, rows, measuredMs, predictedMs, commonRatio, commonCause } = overlay;
  const table = rows.map((row) => [
    `${row.line}`,
    row.op,
    operatorName(row),
    formatMs(row.measuredMs),
    formatMs(row.predictedMs),
    row.ratio.toFixed(2),
  ]);
  const causes = [
    ...(commonCause === undefined ? [] : [commonCause]),
    ...rows.flatMap((row) => (row.cause === undefined ? [] : [`${operatorName(row)}: ${row.cause}`])),
  ];
  return [
    `${model} on ${board}, beside a log of ${format}`,
    `  measured ${formatMs(measuredMs)}, predicted ${formatMs(predictedMs)}; median ratio ${commonRatio.toFixed(2)}`,
    '',
    formatTable(COLUMNS, table),
    ...(causes.length > 0 ? ['', ...causes.map((cause) => wrapText(cause, '    ', '  '))] : []),
  ].join('\n');
}
