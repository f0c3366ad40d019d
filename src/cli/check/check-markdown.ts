import { formatMs, formatSigned } from '../../report/format.ts';
import type { Checked, CheckReport, Movement } from './check-results.ts';
import {
  allowedOf,
  describeMove,
  limitName,
  stateOf,
  summarize,
  titleOf,
  valueOfVerdict,
} from './check-words.ts';

const SIGNS = { holds: '✅', over: '❌', refused: '⛔' } as const;

/** Moves that fit in a comment of a pull request. */
const MOST_MOVES = 5;

/** The report as Markdown, fit for a summary of a job or a comment of a pull request. */
export function formatMarkdown(report: CheckReport): string {
  const moved = report.checked.filter(({ movement }) => movement && movement.moves.length > 0);
  const notes = report.checked.flatMap(notesOf);
  return [
    `### ${report.holds ? SIGNS.holds : SIGNS.over} inferscope: ${summarize(report)}`,
    '',
    '| | model | board | budget | allowed | predicted |',
    '|---|---|---|---|---:|---:|',
    ...report.checked.flatMap(rowsOf),
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...(moved.length > 0 ? ['', '#### What moved since the baseline', '', ...moved.flatMap(movesOf)] : []),
    '',
  ].join('\n');
}

function rowsOf(one: Checked): string[] {
  const { model, board } = one;
  if (stateOf(one) === 'refused') {
    return [`| ${SIGNS.refused} | ${cell(model)} | ${cell(board)} | refused | | |`];
  }
  return one.verdicts.map((verdict) => {
    const sign = verdict.holds ? SIGNS.holds : SIGNS.over;
    const values = `${limitName(verdict)} | ${allowedOf(verdict)} | ${valueOfVerdict(verdict)}`;
    return `| ${sign} | ${cell(model)} | ${cell(board)} | ${values} |`;
  });
}

function notesOf(one: Checked): string[] {
  const details = one.verdicts.flatMap(({ detail }) => detail ?? []);
  return [
    ...(one.refused === undefined ? [] : [one.refused]),
    ...details,
    ...(one.isNew ? ['not in the baseline'] : []),
  ].map((text) => `- **${cell(titleOf(one))}**: ${cell(text)}`);
}

function movesOf(one: Checked): string[] {
  const { latencyMs, moves } = one.movement as Movement;
  const { before, after } = latencyMs;
  const change = `${formatMs(before)} → ${formatMs(after)} (${formatSigned(after - before, 4)} ms)`;
  const told = moves.slice(0, MOST_MOVES).map((move) => `  - ${cell(describeMove(move))}`);
  const left = moves.length - told.length;
  return [`- **${cell(titleOf(one))}**: ${change}`, ...told, ...(left > 0 ? [`  - and ${left} more`] : [])];
}

/** Text that neither ends a cell nor a line. */
function cell(text: string): string {
  return text
    .replace(/\|/g, '\\|')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/</g, '&lt;');
}
