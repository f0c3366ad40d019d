import { formatCount, wrapText } from '../../report/format.ts';
import { formatTable } from '../../report/table.ts';
import { groupsOf, type CountedOperator, type OperatorCounts } from './operators.ts';

const COLUMNS = [
  { title: 'op' },
  { title: 'type' },
  { title: 'count', align: 'right' },
  { title: 'boards that have it' },
] as const;

/** Boards that a line names; JSON has all. */
const MOST_NAMED = 3;

function named(boards: readonly string[]): string {
  return boards.length > MOST_NAMED ? `${boards.length} boards` : boards.join(', ');
}

function whoHas({ boards, lacking }: CountedOperator): string {
  if (lacking.length === 0) return `all ${boards.length}`;
  const all = boards.length + lacking.length;
  if (boards.length === 0) return `none of ${all}`;
  return `${boards.length} of ${all}, not ${named(lacking.map(({ board }) => board))}`;
}

/** Boards that say the same stand together; of a reason its first clause, for `place` has the way out. */
function lacks({ op, dtype, lacking }: CountedOperator): string[] {
  const reasons = groupsOf(lacking, ({ reason }) => reason.split(';')[0]);
  return [...reasons].map(([reason, boards]) =>
    wrapText(`${op} ${dtype} on ${named(boards.map(({ board }) => board))}: ${reason}`, '    ', '  '),
  );
}

/** A row a kind of operator, then why it is missing where it is. */
export function formatOperators({ name, format, operators, boards }: OperatorCounts): string {
  const rows = operators.map((one) => [one.op, one.dtype, formatCount(one.count), whoHas(one)]);
  const reasons = operators.flatMap(lacks);
  return [
    `${name} (${format})`,
    formatTable(COLUMNS, rows),
    ...(reasons.length > 0 ? [reasons.join('\n')] : []),
    boards.length > 0
      ? `  ${boards.length} boards have all of them; predict says whether the network fits`
      : '  no board has all of them',
  ].join('\n\n');
}
