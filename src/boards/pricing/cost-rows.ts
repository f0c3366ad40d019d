import type { DType } from '../../models/graph/graph.ts';
import type { CoreUnit, CostRow, Stream } from '../board/board.ts';
import { kernelsOf } from '../board/shared-rows.ts';
import { asPropertyName, matchesWhen, parseFactors, parseTerms, type Counts, type Term } from './terms.ts';

type Costs = Pick<CoreUnit, 'costs'>;

interface ParsedStream extends Pick<Stream, 'operand' | 'access'> {
  readonly bytes: readonly Term[];
  readonly passes: readonly Term[];
  readonly rounds: readonly Term[] | undefined;
  readonly accesses: readonly Term[] | undefined;
}

/** A cost row with its terms parsed, so that each step of each design of a sweep finds them at once. */
export interface ParsedRow {
  readonly row: CostRow;
  readonly instructions: readonly Term[] | undefined;
  readonly coreCycles: readonly Term[] | undefined;
  /** The name of a constant of the unit, and the counts that it is multiplied with. */
  readonly constantCycles: readonly { readonly name: string; readonly factors: readonly string[] }[];
  readonly streams: readonly ParsedStream[];
}

function parseRow(row: CostRow): ParsedRow {
  const { instructions, coreCycles, constantCycles = {}, streams = [] } = row;
  return {
    row,
    instructions: instructions && parseTerms(instructions),
    coreCycles: coreCycles && parseTerms(coreCycles),
    constantCycles: Object.entries(constantCycles).map(([key, name]) => ({
      name: asPropertyName(name),
      factors: parseFactors(key),
    })),
    streams: streams.map(({ operand, access, bytes, passes, rounds, accesses }) => ({
      operand,
      access,
      bytes: parseTerms(bytes),
      passes: parseTerms(passes),
      rounds: rounds && parseTerms(rounds),
      accesses: accesses && parseTerms(accesses),
    })),
  };
}

/** Rows by kernel library, then by op. */
type RowIndex = ReadonlyMap<string, ReadonlyMap<string, readonly CostRow[]>>;

const rowIndexes = new WeakMap<readonly CostRow[], RowIndex>();

function indexRows(costs: readonly CostRow[]): RowIndex {
  const index = new Map<string, Map<string, CostRow[]>>();
  for (const row of costs) {
    for (const kernels of kernelsOf(row)) {
      const byOp = index.get(kernels) ?? new Map<string, CostRow[]>();
      index.set(kernels, byOp);
      const rows = byOp.get(row.op);
      if (rows) rows.push(row);
      else byOp.set(row.op, [row]);
    }
  }
  return index;
}

/** Most rows of a board are never asked for, so each is parsed when it is. */
const parsedRows = new WeakMap<readonly CostRow[], readonly ParsedRow[]>();
const NO_ROWS: readonly ParsedRow[] = [];

/** Rows of the unit for an op of a kernel library, in their order. */
export function rowsFor({ costs }: Costs, op: string, kernels: string): readonly ParsedRow[] {
  let index = rowIndexes.get(costs);
  if (!index) {
    index = indexRows(costs);
    rowIndexes.set(costs, index);
  }
  const rows = index.get(kernels)?.get(op);
  if (!rows) return NO_ROWS;
  let parsed = parsedRows.get(rows);
  if (!parsed) {
    parsed = rows.map(parseRow);
    parsedRows.set(rows, parsed);
  }
  return parsed;
}

/** `findCostRow` with the row's terms parsed. */
export function findRow(
  unit: Costs,
  op: string,
  dtype: DType | 'any',
  kernels: string,
  counts: Counts,
): ParsedRow | undefined {
  for (const parsed of rowsFor(unit, op, kernels)) {
    const { row } = parsed;
    if ((row.dtype === 'any' || row.dtype === dtype) && matchesWhen(row.when, counts)) return parsed;
  }
  return undefined;
}

/**
 * The first cost row of the unit for this op, type and kernel library whose `when` the counts meet; undefined where
 * there is none.
 */
export function findCostRow(
  unit: Costs,
  op: string,
  dtype: DType | 'any',
  kernels: string,
  counts: Counts = {},
): CostRow | undefined {
  return findRow(unit, op, dtype, kernels, counts)?.row;
}
