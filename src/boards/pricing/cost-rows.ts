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

/** Rows of an op of a kernel library; most are never asked for, so each list is parsed when it is. */
interface IndexedRows {
  readonly rows: CostRow[];
  parsed: readonly ParsedRow[] | undefined;
}

/** Rows by kernel library, then by op. */
type RowIndex = ReadonlyMap<string, ReadonlyMap<string, IndexedRows>>;

const rowIndexes = new WeakMap<readonly CostRow[], RowIndex>();

function indexRows(costs: readonly CostRow[]): RowIndex {
  const index = new Map<string, Map<string, IndexedRows>>();
  for (const row of costs) {
    for (const kernels of kernelsOf(row)) {
      const byOp = index.get(kernels) ?? new Map<string, IndexedRows>();
      index.set(kernels, byOp);
      const known = byOp.get(row.op);
      if (known) known.rows.push(row);
      else byOp.set(row.op, { rows: [row], parsed: undefined });
    }
  }
  return index;
}

function indexOf(costs: readonly CostRow[]): RowIndex {
  let index = rowIndexes.get(costs);
  if (!index) rowIndexes.set(costs, (index = indexRows(costs)));
  return index;
}

const NO_ROWS: readonly ParsedRow[] = [];

/** Rows of the unit for an op of a kernel library, in their order. */
export function rowsFor({ costs }: Costs, op: string, kernels: string): readonly ParsedRow[] {
  const known = indexOf(costs).get(kernels)?.get(op);
  return known === undefined ? NO_ROWS : (known.parsed ??= known.rows.map(parseRow));
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
