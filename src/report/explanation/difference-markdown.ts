import { formatMs, formatSigned } from '../format.ts';
import type { Difference } from './difference.ts';
import type { Move } from './step-moves.ts';

/** Differences as Markdown: a table each, a row a move that changed anything, the largest first. */
export function formatDifferencesMarkdown(differences: readonly Difference[]): string {
  return `${differences.map(formatOne).join('\n\n')}\n`;
}

function formatOne({ from, to, board, fromBoard = board, deltaMs, moves, kinds }: Difference): string {
  const moved = moves.filter(hasMoved).sort((a, b) => b.deltaPs ** 2 - a.deltaPs ** 2);
  const several = kinds.filter(({ moves: count, deltaMs: ms }) => count > 1 && ms !== 0);
  const sums = several.map(({ op, moves: count, deltaMs: ms }) => `${count} ${op} ${formatSigned(ms, 4)} ms`);
  return [
    `### ${cell(from)} on ${fromBoard} → ${cell(to)} on ${board}: ${formatSigned(deltaMs, 4)} ms`,
    '',
    '| part | before | after | change ms | bytes | why |',
    '|---|---:|---:|---:|---:|---|',
    ...moved.map(rowOf),
    ...(sums.length > 0 ? ['', `By operator: ${sums.join(', ')}.`] : []),
  ].join('\n');
}

const hasMoved = ({ deltaPs, deltaBytes }: Move): boolean => deltaPs !== 0 || deltaBytes !== 0;

function rowOf({ what, beforeMs, afterMs, deltaMs, deltaBytes, causes }: Move): string {
  const why = causes.map(({ rule, text }) => `${text} (\`${rule}\`)`).join('; ');
  const values = [
    formatMs(beforeMs),
    formatMs(afterMs),
    formatSigned(deltaMs, 4),
    formatSigned(deltaBytes, 0),
  ];
  return `| ${[what, ...values, why].map(cell).join(' | ')} |`;
}

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/</g, '&lt;');
