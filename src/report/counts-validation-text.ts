import type { CountsDocument } from '../calibrate/counts/validate-counts.ts';
import { formatNumber, formatSigned } from './format.ts';
import { formatTable } from './table.ts';

const LISTED_ROWS = 20;
const LISTED_SKIPS = 10;

/** A line a core; then the rows that are furthest off, and those that nothing prices. */
export function formatCountsValidation({ rows, skipped, cores }: CountsDocument): string {
  const scores = formatTable(
    [
      { title: 'core' },
      { title: 'rows', align: 'right' },
      { title: 'median error %', align: 'right' },
      { title: 'within 5 %', align: 'right' },
      { title: '' },
    ],
    cores.map(({ target, rows: count, medianPercent, within5Percent, holds }) => [
      ...[target, `${count}`, medianPercent.toFixed(2), `${within5Percent.toFixed(1)} %`],
      holds ? 'holds' : 'MISSED',
    ]),
  );
  const worst = rows
    .toSorted((a, b) => Math.abs(b.errorPercent) - Math.abs(a.errorPercent))
    .slice(0, LISTED_ROWS)
    .map((row) => [
      ...[row.target, row.flags, row.library, `${row.op} ${row.dtype}`],
      ...[formatNumber(row.measured), formatNumber(row.predicted), formatSigned(row.errorPercent, 1)],
    ]);
  const columns = ['core', 'flags', 'library', 'operator', 'counted', 'formula', 'error %'];
  const listed = formatTable(
    columns.map((title, at) => (at < 4 ? { title } : { title, align: 'right' as const })),
    worst,
  );
  const skips = skipped.slice(0, LISTED_SKIPS).map(({ line, reason }) => `  line ${line}: ${reason}`);
  return [
    'Instructions of single operators, counted and by formula',
    ...['', scores, '', `The ${worst.length} rows furthest off:`, '', listed],
    ...(skipped.length > 0 ? ['', `${skipped.length} rows without a price, which count as wrong:`] : []),
    ...skips,
  ].join('\n');
}
