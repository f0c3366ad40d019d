import { formatTable } from '../../report/table.ts';
import { wrapText, formatMs, formatSigned } from '../../report/format.ts';
import type { Checked, CheckReport, Movement } from './check-results.ts';
import { allowedOf, describeMove, limitName, summarize, titleOf, valueOfVerdict } from './check-words.ts';

const COLUMNS = [
  { title: 'model on board' },
  { title: 'budget' },
  { title: 'allowed', align: 'right' },
  { title: 'predicted', align: 'right' },
  { title: '' },
] as const;

/** Moves that are told; the rest is summed up. */
const MOST_MOVES = 5;

function rowsOf(one: Checked): string[][] {
  if (one.refused !== undefined) return [[titleOf(one), '-', '-', '-', 'REFUSED']];
  return one.verdicts.map((verdict, at) => [
    at === 0 ? titleOf(one) : '',
    limitName(verdict),
    allowedOf(verdict),
    valueOfVerdict(verdict),
    verdict.holds ? 'holds' : 'OVER',
  ]);
}

/** The report as a person reads it: a row a limit, then why, then what moved. */
export function formatCheck(report: CheckReport): string {
  const details = report.checked.flatMap(detailsOf);
  const gone = report.gone.map((name) => `  ${name}: in the baseline, and no budget asks for it any more`);
  return [
    formatTable(COLUMNS, report.checked.flatMap(rowsOf)),
    ...(details.length > 0 ? ['', ...details] : []),
    ...(gone.length > 0 ? ['', ...gone] : []),
    '',
    summarize(report),
  ].join('\n');
}

function detailsOf(one: Checked): string[] {
  const reasons = [
    ...(one.refused === undefined ? [] : [one.refused]),
    ...one.verdicts.flatMap(({ detail }) => detail ?? []),
  ].map((reason) => wrapText(`${titleOf(one)}: ${reason}`, '    ', '  '));
  const fresh = one.isNew ? [`  ${titleOf(one)}: not in the baseline`] : [];
  return [...reasons, ...fresh, ...(one.movement ? movementLines(one, one.movement) : [])];
}

function movementLines(one: Checked, { latencyMs: { before, after }, moves }: Movement): string[] {
  if (moves.length === 0) return [];
  const head = `  ${titleOf(one)}: ${formatMs(after)} instead of ${formatMs(before)} (${formatSigned(after - before, 4)} ms)`;
  const told = moves.slice(0, MOST_MOVES).map((move) => wrapText(describeMove(move), '      ', '    '));
  const left = moves.length - told.length;
  return [head, ...told, ...(left > 0 ? [`    and ${left} more, all in --json`] : [])];
}
