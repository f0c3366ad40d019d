import { MissingCostError } from '../../errors.ts';
import { opFor } from '../../kernels/registry.ts';
import type { Work } from '../../kernels/definition/op.ts';
import { DTYPE_BYTES, type DType } from '../../models/graph/graph.ts';
import type { Board, Cache, CoreUnit, CostRow } from '../board/board.ts';
import { StepWalks, type CacheCarry, type MemoryFills } from './cache.ts';
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

/** What a step costs a core. */
export interface CoreCycles {
  readonly totalCoreCycles: number;
  /** The total without what memories take in their own time. */
  readonly coreOnlyCycles: number;
  /** Seconds of the total that memories with a time of their own take, whatever the core's clock. */
  readonly ownSeconds: number;
  /** Instructions executed; 0 where the row is not counted in instructions. */
  readonly instructions: number;
  /** What the step leaves in the cache for the next one. */
  readonly carry: CacheCarry | undefined;
}

/** The same with its reasons. */
export interface CorePrice extends CoreCycles {
  readonly parts: readonly PricedPart[];
  /** Expected line fills of the data cache. */
  readonly lineFills: readonly MemoryFills[];
}

function missingDetail(unit: CoreUnit, step: PricedStep): string {
  const rows = rowsFor(unit, step.op, step.kernels);
  if (rows.length === 0) {
    return `no row for kernels "${step.kernels}": the kernel exists, inferscope has no price for it yet; add a row to the unit's costs`;
  }
  const types = [...new Set(rows.map(({ row }) => row.dtype))].join(', ');
  return (
    `kernels "${step.kernels}" have rows for ${types}, none for ${step.dtype} of this geometry: ` +
    'the kernel exists, inferscope has no price for it yet'
  );
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

// Used again for each step.
const walks = new StepWalks();

/** The walk that `walks` still holds: a step is priced again where a constant of its board is another. */
interface Walk {
  readonly parsed: ParsedRow;
  readonly cache: Cache;
  readonly step: PricedStep;
  readonly before: CacheCarry | undefined;
  readonly after: CacheCarry;
}
let held: Walk | undefined;

/** Walks the operands of a step through the cache; gives what that leaves there. */
function walkStreams(
  parsed: ParsedRow,
  cache: Cache,
  step: PricedStep,
  counts: Counts,
  before: CacheCarry | undefined,
): CacheCarry {
  const isSameStep = held?.step === step && held.parsed === parsed;
  if (held && isSameStep && held.cache === cache && held.before === before) return held.after;
  walks.begin(cache, before);
  for (const stream of parsed.streams) {
    const memory = step.memories[stream.operand];
    if (memory === undefined) continue;
    const bytes = sumTerms(stream.bytes, counts);
    const passes = sumTerms(stream.passes, counts);
    walks.add(stream, memory, bytes, passes, stream.rounds ? sumTerms(stream.rounds, counts) : passes);
  }
  held = { parsed, cache, step, before, after: walks.estimate() };
  return held.after;
}

function constantOf(row: CostRow, unit: CoreUnit, name: string | undefined): number {
  const constant = name === undefined ? undefined : unit.constants[name];
  if (constant) return constant.value;
  throw new Error(`cost row ${row.kernels} ${row.op}: unit "${unit.id}" has no constant "${name}"`);
}

/** Adds up parts, and lists them for who asks why. */
class Tally {
  total = 0;
  ownSeconds = 0;
  readonly #parts: PricedPart[] | undefined;

  constructor(parts: PricedPart[] | undefined) {
    this.#parts = parts;
  }

  /** Cycles of the core at `hz` that pass in the memory's own time. */
  addOwn(name: string, seconds: number, hz: number): void {
    this.ownSeconds += seconds;
    this.#parts?.push({ name, coreCycles: seconds * hz });
  }

  add(name: string, coreCycles: number): void {
    this.total += coreCycles;
    this.#parts?.push({ name, coreCycles });
  }

  price(instructions: number, carry: CacheCarry | undefined, hz: number): CoreCycles {
    const { total: coreOnlyCycles, ownSeconds } = this;
    const totalCoreCycles = ownSeconds === 0 ? coreOnlyCycles : coreOnlyCycles + ownSeconds * hz;
    return { totalCoreCycles, coreOnlyCycles, ownSeconds, instructions, carry };
  }
}

const lineFillNames = new Map<string, string>();

/** "sdram line fills": the same text each time, as sweeps price millions of steps. */
function lineFillsOf(memory: string): string {
  let name = lineFillNames.get(memory);
  if (name === undefined) lineFillNames.set(memory, (name = `${memory} line fills`));
  return name;
}

function addLineFills(tally: Tally, { memories }: Board, hz: number): void {
  for (const { id, lineFillCycles, lineFillAtHz } of memories) {
    if (!lineFillCycles) continue;
    const stalls = walks.stallsIn(id);
    if (stalls === undefined) continue;
    const cycles = stalls * lineFillCycles.value;
    if (lineFillAtHz === undefined) tally.add(lineFillsOf(id), cycles);
    else tally.addOwn(lineFillsOf(id), cycles / lineFillAtHz, hz);
  }
}

/** Without a data cache every load and store waits for its memory. */
function addAccesses(
  tally: Tally,
  parsed: ParsedRow,
  step: PricedStep,
  board: Board,
  priced: PricedAt,
): void {
  for (const stream of parsed.streams) {
    const memory = board.memories.find(({ id }) => id === step.memories[stream.operand]);
    if (memory === undefined) continue;
    const { accessNs, lineFillCycles, lineFillAtHz } = memory;
    if (!accessNs && !lineFillCycles) continue;
    const accesses = stream.accesses
      ? sumTerms(stream.accesses, priced.counts)
      : (sumTerms(stream.bytes, priced.counts) * sumTerms(stream.passes, priced.counts)) / elementBytes(step);
    const name = `${memory.id} accesses`;
    if (accessNs) tally.addOwn(name, accesses * accessNs.value * 1e-9, priced.hz);
    else if (lineFillAtHz === undefined) tally.add(name, accesses * lineFillCycles!.value);
    else tally.addOwn(name, (accesses * lineFillCycles!.value) / lineFillAtHz, priced.hz);
  }
}

function elementBytes({ dtype }: PricedStep): number {
  return dtype === 'any' ? 1 : DTYPE_BYTES[dtype];
}

/** Instructions that the core waits for, a part of them. */
function addCodeFetch(tally: Tally, { codeFetch }: CoreUnit, instructions: number, hz: number): void {
  if (!codeFetch) return;
  const { missesPerInstruction, missNs } = codeFetch;
  tally.addOwn('code fetches', instructions * missesPerInstruction.value * missNs.value * 1e-9, hz);
}

/** What a row is priced with besides itself. */
interface PricedAt {
  readonly counts: Counts;
  readonly hz: number;
}

function hzOf({ clocks }: Board, { clock }: CoreUnit): number {
  for (const { id, hz } of clocks) if (id === clock) return hz.value;
  return Number.NaN;
}

function priceRow(
  parsed: ParsedRow,
  unit: CoreUnit,
  step: PricedStep,
  board: Board,
  counts: Counts,
  before: CacheCarry | undefined,
  parts: PricedPart[] | undefined,
): CoreCycles {
  const { row } = parsed;
  const tally = new Tally(parts);
  if (row.cost) {
    // A script gives all cycles of its row; what the step leaves in the cache is not known.
    tally.add('formula', priceFormula(row, unit, board, counts));
    return tally.price(0, undefined, 0);
  }
  const instructions = parsed.instructions ? sumTerms(parsed.instructions, counts) : 0;
  if (parsed.instructions) tally.add('instructions', instructions * constantOf(row, unit, row.cpi));
  if (parsed.coreCycles) tally.add('fixed', sumTerms(parsed.coreCycles, counts));
  for (const { name, factors } of parsed.constantCycles)
    tally.add(name, multiplyFactors(factors, counts) * constantOf(row, unit, name));
  const hz = hzOf(board, unit);
  addCodeFetch(tally, unit, instructions, hz);
  const carry = unit.dataCache && walkStreams(parsed, unit.dataCache, step, counts, before);
  if (carry) addLineFills(tally, board, hz);
  else addAccesses(tally, parsed, step, board, { counts, hz });
  return tally.price(instructions, carry, hz);
}

function priceStep(
  unit: CoreUnit,
  step: PricedStep,
  board: Board,
  before: CacheCarry | undefined,
  parts?: PricedPart[],
): CoreCycles {
  const counts = countsOf(step.work);
  const row = findRow(unit, step.op, step.dtype, step.kernels, counts);
  if (!row)
    throw new MissingCostError(step.op, step.node ?? -1, unit.id, board.id, missingDetail(unit, step));
  try {
    return priceRow(row, unit, step, board, counts, before, parts);
  } catch (error) {
    if (!(error instanceof UnknownCountError)) throw error;
    const detail = opFor(step.op)?.unpriced ?? error.message;
    throw new MissingCostError(step.op, step.node ?? -1, unit.id, board.id, detail);
  }
}

/**
 * Cycles of one step on a core: instructions x CPI + fixed cycles + cycles by named constants + line fills of the
 * data cache x what a fill from that memory takes. `before` is the `carry` of the step before.
 * Throws MissingCostError where the unit has no row, or the row asks for a count that the work lacks.
 */
export function coreCyclesOf(
  unit: CoreUnit,
  step: PricedStep,
  board: Board,
  before?: CacheCarry,
): CoreCycles {
  return priceStep(unit, step, board, before);
}

/** `coreCyclesOf` with what the cycles are made of. Throws as it does. */
export function priceCoreStep(
  unit: CoreUnit,
  step: PricedStep,
  board: Board,
  before?: CacheCarry,
): CorePrice {
  const parts: PricedPart[] = [];
  const cycles = priceStep(unit, step, board, before, parts);
  return { ...cycles, parts, lineFills: cycles.carry ? walks.fills() : [] };
}
