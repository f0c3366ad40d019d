import type { Citations } from '../boards/board/cite-board.ts';
import { formatTable } from '../report/table.ts';

export function formatCitations({ board, constants, costs }: Citations): string {
  const columns = [
    { title: 'constant' },
    { title: 'value', align: 'right' },
    { title: 'unit', maxWidth: 24 },
    { title: 'grade' },
    { title: 'source', maxWidth: 60 },
  ] as const;
  const costTitles = ['unit', 'op', 'type', 'kernels', 'grade'].map((title) => ({ title }));
  const costColumns = [...costTitles, { title: 'source', maxWidth: 60 }];
  const values = constants.map(({ path, value, unit, grade, source }) => [
    path,
    `${value}`,
    unit,
    grade,
    source,
  ]);
  const rows = costs.map(({ unit, op, dtype, kernels, grade, source }) => [
    unit,
    op,
    dtype,
    kernels,
    grade,
    source,
  ]);
  return [board, '', formatTable(columns, values), '', formatTable(costColumns, rows)].join('\n');
}
