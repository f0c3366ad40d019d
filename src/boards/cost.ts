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
  readonly carry: CacheCarry | undefined;
}

/** Rows by kernel library, then by op. */
type RowIndex = ReadonlyMap<string, ReadonlyMap<string, readonly CostRow[]>>;

const rowIndexes = new WeakMap<readonly CostRow[], RowIndex>();

function indexRows(costs: readonly CostRow[]): RowIndex {
  const index = new Map<string, Map<string, CostRow[]>>();
  for (const row of costs) {
    const byOp = index.get(row.kernels) ?? new Map<string, CostRow[]>();
    index.set(row.kernels, byOp);
    const rows = byOp.get(row.op);
    if (rows) rows.push(row);
    else byOp.set(row.op, [row]);
  }
  return index;
}

function rowsOf(
  unit: Pick<CoreUnit, 'costs'>,
  { kernels, op }: Pick<PricedStep, 'kernels' | 'op'>,
): readonly CostRow[] | undefined {
  let index = rowIndexes.get(unit.costs);
  if (!index) {
    index = indexRows(unit.costs);
    rowIndexes.set(unit.costs, index);
  }
  return index.get(kernels)?.get(op);
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
  const rows = rowsOf(unit, { kernels, op }) ?? [];
  for (const row of rows)
    if ((row.dtype === 'any' || row.dtype === dtype) && matchesWhen(row.when, counts)) return row;
  return undefined;
}

function missingDetail(unit: CoreUnit, step: PricedStep): string {
  const rows = rowsOf(unit, step) ?? [];
  if (rows.length === 0) return `no row for kernels "${step.kernels}"; add one to the unit's costs`;
  const types = [...new Set(rows.map((row) => row.dtype))].join(', ');
  return `kernels "${step.kernels}" have rows for ${types}, none for ${step.dtype} of this geometry`;
}

const mergedCounts = new WeakMap<Work, Counts>();

// Assigned one by one: spreads of this many fields are several times slower, and sweeps live here.
function mergeCounts({ macs, elements, loadBytes, storeBytes, weightBytes, counts }: Work): Counts {
  const merged: Record<string, number> = { macs, elements, loadBytes, storeBytes, weightBytes };
  merged.inputBytes = loadBytes;
  merged.outputBytes = storeBytes;
  for (const name in counts) merged[name] = counts[name]!;
  return merged;
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
    const passesOf = evaluateTerms(passes, counts);
    resolved.push({
      operand,
      access,
      memory,
      bytes: evaluateTerms(bytes, counts),
      passes: passesOf,
      rounds: rounds ? evaluateTerms(rounds, counts) : passesOf,
    });
  }
  return resolved;
}

function missingConstant(row: CostRow, unit: CoreUnit, name: string | undefined): Error {
  return new Error(`cost row ${row.kernels} ${row.op}: unit "${unit.id}" has no constant "${name}"`);
}

function priceInstructions(row: CostRow, unit: CoreUnit, instructions: number, parts: PricedPart[]): void {
  if (!row.instructions) return;
  const cpi = row.cpi === undefined ? undefined : unit.constants[row.cpi];
  if (!cpi) throw missingConstant(row, unit, row.cpi);
  parts.push({ name: 'instructions', coreCycles: instructions * cpi.value });
}

function priceConstants(row: CostRow, unit: CoreUnit, counts: Counts, parts: PricedPart[]): void {
  if (!row.constantCycles) return;
  const values = termValues(row.constantCycles, counts);
  let index = 0;
  for (const term in row.constantCycles) {
    const name = row.constantCycles[term]!;
    const constant = unit.constants[name];
    if (!constant) throw missingConstant(row, unit, name);
    parts.push({ name, coreCycles: values[index++]! * constant.value });
  }
}

function priceLineFills(board: Board, stalls: Readonly<Record<string, number>>, parts: PricedPart[]): void {
  for (const memory of board.memories) {
    const count = stalls[memory.id];
    if (count === undefined || !memory.lineFillCycles) continue;
    parts.push({ name: `${memory.id} line fills`, coreCycles: count * memory.lineFillCycles.value });
  }
}

const NO_FILLS = { fills: {}, stalls: {}, carry: undefined } as const;

/** A row whose script gives all its cycles; what it leaves in the cache is not known. */
function priceScript(coreCycles: number): CorePrice {
  const parts = [{ name: 'formula', coreCycles }];
  return { parts, totalCoreCycles: coreCycles, instructions: 0, lineFills: {}, carry: undefined };
}

function priceRow(
  row: CostRow,
  unit: CoreUnit,
  step: PricedStep,
  board: Board,
  counts: Counts,
  before?: CacheCarry,
): CorePrice {
  if (row.cost) return priceScript(priceFormula(row, unit, board, counts));
  const instructions = row.instructions ? evaluateTerms(row.instructions, counts) : 0;
  const { fills, stalls, carry } = unit.dataCache
    ? estimateLineFills(resolveStreams(row, step, counts), unit.dataCache, before)
    : NO_FILLS;
  const parts: PricedPart[] = [];
  priceInstructions(row, unit, instructions, parts);
  if (row.coreCycles) parts.push({ name: 'fixed', coreCycles: evaluateTerms(row.coreCycles, counts) });
  priceConstants(row, unit, counts, parts);
  priceLineFills(board, stalls, parts);
  let totalCoreCycles = 0;
  for (const { coreCycles } of parts) totalCoreCycles += coreCycles;
  return { parts, totalCoreCycles, instructions, lineFills: fills, carry };
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
  const counts = countsOf(step.work);
  const row = findCostRow(unit, step.op, step.dtype, step.kernels, counts);
  if (!row)
    throw new MissingCostError(step.op, step.node ?? -1, unit.id, board.id, missingDetail(unit, step));
  try {
    return priceRow(row, unit, step, board, counts, before);
  } catch (error) {
    if (!(error instanceof UnknownCountError)) throw error;
    throw new MissingCostError(step.op, step.node ?? -1, unit.id, board.id, error.message);
  }
}
