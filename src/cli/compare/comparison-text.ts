import { formatCount, formatMs, wrapText } from '../../report/format.ts';
import { formatRefusals } from '../../report/refusals-text.ts';
import { formatRefusalAlone } from '../../report/toolchain-refusal-text.ts';
import { formatTable } from '../../report/table.ts';
import type { ComparedRow, Comparison } from './comparison.ts';

const COLUMNS = [
  { title: 'variant' },
  { title: 'board' },
  { title: 'latency', align: 'right' },
  { title: '90 %' },
  { title: 'as reported', align: 'right' },
  { title: 'flash bytes', align: 'right' },
  { title: 'RAM bytes', align: 'right' },
  { title: 'fits' },
  { title: 'accuracy', align: 'right' },
] as const;

const MISSING = '-';

function rowOf({ variant, board, latencyMs, reportedMs, flashBytes, ramBytes, fits, accuracy }: ComparedRow) {
  const count = (value: number | undefined) => (value === undefined ? MISSING : formatCount(value));
  return [
    ...[variant, board, latencyMs ? formatMs(latencyMs.value) : MISSING],
    latencyMs ? `${latencyMs.low.toFixed(2)} to ${latencyMs.high.toFixed(2)}` : MISSING,
    reportedMs ? formatMs(reportedMs.value) : MISSING,
    ...[count(flashBytes), count(ramBytes), fits === undefined ? MISSING : fits ? 'yes' : 'NO'],
    accuracy === undefined ? MISSING : `${(100 * accuracy).toFixed(2)} %`,
  ];
}

/** A row a variant and board, then the reasons for what is missing. */
export function formatComparison({ model, images, rows, toolchainRefuses, refused }: Comparison): string {
  const reasons = rows
    .filter(({ why }) => why !== undefined)
    .map(({ variant, board, why }) => wrapText(`${variant} on ${board}: ${why}`, '    ', '  '));
  const title = images === undefined ? model : `${model}, accuracy on ${formatCount(images)} test images`;
  return [
    title,
    ...formatRefusalAlone(toolchainRefuses),
    formatTable(COLUMNS, rows.map(rowOf)),
    ...reasons,
    ...formatRefusals(refused),
  ].join('\n\n');
}
