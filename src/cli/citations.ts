import { kernelsOf } from '../boards/board/shared-rows.ts';
import type { Board, Constant, Grade } from '../boards/board/board.ts';
import { formatTable } from '../report/table.ts';

export interface CitedConstant extends Constant {
  /** Where the constant stands in the board: `units.core.constants.cpiFloat32`. */
  readonly path: string;
}

export interface CitedCost {
  readonly unit: string;
  readonly op: string;
  readonly dtype: string;
  readonly kernels: string;
  readonly source: string;
  readonly grade: Grade;
}

/** What `cite --json` prints. */
export interface Citations {
  readonly board: string;
  readonly constants: readonly CitedConstant[];
  readonly costs: readonly CitedCost[];
}

function isConstant(value: object): value is Constant {
  return 'value' in value && 'unit' in value && 'grade' in value;
}

function findConstants(value: unknown, path: string): CitedConstant[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isConstant(value)) return [{ ...value, path }];
  return Object.entries(value).flatMap(([key, entry]) => {
    const name = Array.isArray(value) && typeof entry?.id === 'string' ? entry.id : key;
    return findConstants(entry, path === '' ? name : `${path}.${name}`);
  });
}

function findCosts({ units }: Board): CitedCost[] {
  return units.flatMap((unit) =>
    unit.kind !== 'core'
      ? []
      : unit.costs.map((row) => {
          const { op, dtype, source, grade } = row;
          return { unit: unit.id, op, dtype, kernels: kernelsOf(row).join(', '), source, grade };
        }),
  );
}

/** Every constant and every cost row of a board with its source and grade, in the board's order. */
export function citeBoard(board: Board): Citations {
  return { board: board.id, constants: findConstants(board, ''), costs: findCosts(board) };
}

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
