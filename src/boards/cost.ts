import { MissingCostError } from '../errors.ts';
import type { Work } from '../kernels/op.ts';
import type { DType } from '../models/graph.ts';
import type { Board, CoreUnit, CostRow } from './board.ts';
import { estimateLineFills, type CacheCarry, type MemoryFills, type ResolvedStream } from './cache.ts';
import { findRow, rowsFor, type ParsedRow } from './cost-rows.ts';
import { priceFormula } from './formula.ts';
import { multiplyFactors, sumTerms, UnknownCountError, type Counts } from './terms.ts';

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
  /** Expected line fills of the data cache. */
  readonly lineFills: readonly MemoryFills[];
  /** What the step leaves in the cache for the next one. */
  readonly carry: CacheCarry | undefined;
}

function missingDetail(unit: CoreUnit, step: PricedStep): string {
  const rows = rowsFor(unit, step.op, step.kernels);
  if (rows.length === 0) return `no row for kernels "${step.kernels}"; add one to the unit's costs`;
  const types = [...new Set(rows.map(({ row }) => row.dtype))].join(', ');
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

function resolveStreams({ streams }: ParsedRow, step: PricedStep, counts: Counts): ResolvedStream[] {
  const resolved: ResolvedStream[] = [];
  for (const { operand, access, bytes, passes, rounds } of streams) {
    const memory = step.memories[operand];
    if (memory === undefined) continue;
    const passesOf = sumTerms(passes, counts);
    resolved.push({
      operand,
      access,
      memory,
      bytes: sumTerms(bytes, counts),
      passes: passesOf,
      rounds: rounds ? sumTerms(rounds, counts) : passesOf,
    });
  }
  return resolved;
}

function constantOf(row: CostRow, unit: CoreUnit, name: string | undefined): number {
  const constant = name === undefined ? undefined : unit.constants[name];
  if (constant) return constant.value;
  throw new Error(`cost row ${row.kernels} ${row.op}: unit "${unit.id}" has no constant "${name}"`);
}

function priceLineFills(board: Board, fills: readonly MemoryFills[], parts: PricedPart[]): void {
  for (const { id, lineFillCycles } of board.memories) {
    if (!lineFillCycles) continue;
    for (const { memory, stalls } of fills) {
      if (memory !== id || stalls === undefined) continue;
      parts.push({ name: `${id} line fills`, coreCycles: stalls * lineFillCycles.value });
    }
  }
}

const NO_FILLS = { memories: [], carry: undefined } as const;

/** A row whose script gives all its cycles; what it leaves in the cache is not known. */
function priceScript(coreCycles: number): CorePrice {
  const parts = [{ name: 'formula', coreCycles }];
  return { parts, totalCoreCycles: coreCycles, instructions: 0, lineFills: [], carry: undefined };
}

function priceRow(
  parsed: ParsedRow,
  unit: CoreUnit,
  step: PricedStep,
  board: Board,
  counts: Counts,
  before?: CacheCarry,
): CorePrice {
  const { row } = parsed;
  if (row.cost) return priceScript(priceFormula(row, unit, board, counts));
  const { memories, carry } = unit.dataCache
    ? estimateLineFills(resolveStreams(parsed, step, counts), unit.dataCache, before)
    : NO_FILLS;
  const parts: PricedPart[] = [];
  const instructions = parsed.instructions ? sumTerms(parsed.instructions, counts) : 0;
  if (parsed.instructions)
    parts.push({ name: 'instructions', coreCycles: instructions * constantOf(row, unit, row.cpi) });
  if (parsed.coreCycles) parts.push({ name: 'fixed', coreCycles: sumTerms(parsed.coreCycles, counts) });
  for (const { name, factors } of parsed.constantCycles)
    parts.push({ name, coreCycles: multiplyFactors(factors, counts) * constantOf(row, unit, name) });
  priceLineFills(board, memories, parts);
  let totalCoreCycles = 0;
  for (const { coreCycles } of parts) totalCoreCycles += coreCycles;
  return { parts, totalCoreCycles, instructions, lineFills: memories, carry };
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
  const row = findRow(unit, step.op, step.dtype, step.kernels, counts);
  if (!row)
    throw new MissingCostError(step.op, step.node ?? -1, unit.id, board.id, missingDetail(unit, step));
  try {
    return priceRow(row, unit, step, board, counts, before);
  } catch (error) {
    if (!(error instanceof UnknownCountError)) throw error;
    throw new MissingCostError(step.op, step.node ?? -1, unit.id, board.id, error.message);
  }
}
