import type { Board, Constant, Grade } from './board.ts';
import { kernelsOf } from './shared-rows.ts';

/** A constant with its place. */
export interface CitedConstant extends Constant {
  /** Where the constant stands in the board: `units.core.constants.cpiFloat32`. */
  readonly path: string;
}

/** A cost row with where it comes from. */
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
