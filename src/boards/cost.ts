import { MissingCostError } from '../errors.ts';
import type { Work } from '../kernels/op.ts';
import type { DType } from '../models/graph.ts';
import type { Board, CoreUnit, CostRow } from './board.ts';
import { estimateLineFills, type CacheCarry, type ResolvedStream } from './cache.ts';
import { priceFormula } from './formula.ts';
import { evaluateTerms, matchesWhen, termValues, UnknownCountError, type Counts } from './terms.ts';

/** What a step needs to be priced; a deploy Step fits. */
export interface PricedStep {
  readonly node: number | null;
  readonly op: string;
  readonly dtype: DType | 'any';
  readonly kernels: string;
  readonly work: Work;
  readonly memories: Readonly<Partial<Record<'input' | 'weights' | 'output', string>>>;
}

/** A named part of a step's cycles: "instructions", "fixed", a constant's name, "sdram line fills". */
export interface PricedPart {
  readonly name: string;
  readonly coreCycles: number;
}

export interface CorePrice {
  readonly parts: readonly PricedPart[];
  readonly totalCoreCycles: number;
  /** Instructions executed; 0 where the row is not counted in instructions. */
  readonly instructions: number;
  /** Expected line fills of the data cache by memory id. */
  readonly lineFills: Readonly<Record<string, number>>;
  /** What the step leaves in the cache for the next one. */
  readonly carry?: CacheCarry;
}

type RowIndex = ReadonlyMap<string, readonly CostRow[]>;

const rowIndexes = new WeakMap<readonly CostRow[], RowIndex>();

function indexRows(costs: readonly CostRow[]): RowIndex {
  const index = new Map<string, CostRow[]>();
  for (const row of costs) {
    const key = `${row.kernels} ${row.op}`;
    const rows = index.get(key);
    if (rows) rows.push(row);
    else index.set(key, [row]);
  }
  return index;
}

function rowsOf(unit: Pick<CoreUnit, 'costs'>): RowIndex {
  let index = rowIndexes.get(unit.costs);
  if (!index) {
    index = indexRows(unit.costs);
    rowIndexes.set(unit.costs, index);
  }
  return index;
}

/**
 * The first cost row of the unit for this op, type and kernel library whose `when` the counts meet; undefined where
 * there is none.
 */
export function findCostRow(
  unit: Pick<CoreUnit, 'costs'>,
  op: string,
  dtype: DType | 'any',
  kernels: string,
  counts: Counts = {},
): CostRow | undefined {
  const rows = rowsOf(unit).get(`${kernels} ${op}`);
  return rows?.find((row) => (row.dtype === 'any' || row.dtype === dtype) && matchesWhen(row.when, counts));
}

function missingDetail(unit: CoreUnit, step: PricedStep): string {
  const rows = rowsOf(unit).get(`${step.kernels} ${step.op}`) ?? [];
  if (rows.length === 0) return `no row for kernels "${step.kernels}"; add one to the unit's costs`;
  const types = [...new Set(rows.map((row) => row.dtype))].join(', ');
  return `kernels "${step.kernels}" have rows for ${types}, none for ${step.dtype} of this geometry`;
}

const mergedCounts = new WeakMap<Work, Counts>();

function mergeCounts({ macs, elements, loadBytes, storeBytes, weightBytes, counts }: Work): Counts {
  const totals = { macs, elements, loadBytes, storeBytes, weightBytes, inputBytes: loadBytes };
  return { ...totals, outputBytes: storeBytes, ...counts };
}

/** Counts of the work with its totals, under the names of COUNT_NAMES; merged once per work. */
export function countsOf(work: Work): Counts {
  const { counts } = work;
  if (counts.weightBytes !== undefined && counts.outputBytes !== undefined) return counts;
  let merged = mergedCounts.get(work);
  if (!merged) {
    merged = mergeCounts(work);
    mergedCounts.set(work, merged);
  }
  return merged;
}

function resolveStreams(row: CostRow, step: PricedStep, counts: Counts): ResolvedStream[] {
  const resolved: ResolvedStream[] = [];
  for (const { operand, access, bytes, passes, rounds } of row.streams ?? []) {
    const memory = step.memories[operand];
    if (memory === undefined) continue;
    resolved.push({
      operand,
      access,
      memory,
      bytes: evaluateTerms(bytes, counts),
      passes: evaluateTerms(passes, counts),
      ...(rounds && { rounds: evaluateTerms(rounds, counts) }),
    });
  }
  return resolved;
}

function priceInstructions(row: CostRow, unit: CoreUnit, instructions: number): PricedPart[] {
  if (!row.instructions) return [];
  const cpi = row.cpi === undefined ? undefined : unit.constants[row.cpi];
  if (!cpi)
    throw new Error(`cost row ${row.kernels} ${row.op}: unit "${unit.id}" has no constant "${row.cpi}"`);
  return [{ name: 'instructions', coreCycles: instructions * cpi.value }];
}

function priceConstants(row: CostRow, unit: CoreUnit, counts: Counts): PricedPart[] {
  if (!row.constantCycles) return [];
  const values = termValues(row.constantCycles, counts);
  return Object.values(row.constantCycles).map((name, index) => {
    const constant = unit.constants[name];
    if (!constant)
      throw new Error(`cost row ${row.kernels} ${row.op}: unit "${unit.id}" has no constant "${name}"`);
    return { name, coreCycles: values[index]! * constant.value };
  });
}

function priceLineFills(board: Board, stalls: Readonly<Record<string, number>>): PricedPart[] {
  const parts: PricedPart[] = [];
  for (const memory of board.memories) {
    const count = stalls[memory.id];
    if (count === undefined || !memory.lineFillCycles) continue;
    parts.push({ name: `${memory.id} line fills`, coreCycles: count * memory.lineFillCycles.value });
  }
  return parts;
}

/** A row whose script gives all its cycles; what it leaves in the cache is not known. */
function priceScript(coreCycles: number): CorePrice {
  const parts = [{ name: 'formula', coreCycles }];
  return { parts, totalCoreCycles: coreCycles, instructions: 0, lineFills: {} };
}

function priceRow(
  row: CostRow,
  unit: CoreUnit,
  step: PricedStep,
  board: Board,
  before?: CacheCarry,
): CorePrice {
  const counts = countsOf(step.work);
  if (row.cost) return priceScript(priceFormula(row, unit, board, counts));
  const instructions = row.instructions ? evaluateTerms(row.instructions, counts) : 0;
  const cached = unit.dataCache
    ? estimateLineFills(resolveStreams(row, step, counts), unit.dataCache, before)
    : { fills: {}, stalls: {} };
  const parts = [
    ...priceInstructions(row, unit, instructions),
    ...(row.coreCycles ? [{ name: 'fixed', coreCycles: evaluateTerms(row.coreCycles, counts) }] : []),
    ...priceConstants(row, unit, counts),
    ...priceLineFills(board, cached.stalls),
  ];
  const totalCoreCycles = parts.reduce((sum, part) => sum + part.coreCycles, 0);
  const price = { parts, totalCoreCycles, instructions, lineFills: cached.fills };
  return 'carry' in cached ? { ...price, carry: cached.carry } : price;
}

/**
 * Cycles of one step on a core: instructions x CPI + fixed cycles + cycles by named constants + line fills of the
 * data cache x what a fill from that memory takes. `before` is the `carry` of the step before.
 * Throws MissingCostError where the unit has no row, or the row asks for a count that the work lacks.
 */
export function priceCoreStep(
  unit: CoreUnit,
  step: PricedStep,
  board: Board,
  before?: CacheCarry,
): CorePrice {
  const row = findCostRow(unit, step.op, step.dtype, step.kernels, countsOf(step.work));
  if (!row)
    throw new MissingCostError(step.op, step.node ?? -1, unit.id, board.id, missingDetail(unit, step));
  try {
    return priceRow(row, unit, step, board, before);
  } catch (error) {
    if (!(error instanceof UnknownCountError)) throw error;
    throw new MissingCostError(step.op, step.node ?? -1, unit.id, board.id, error.message);
  }
}
