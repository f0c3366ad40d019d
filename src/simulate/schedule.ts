import { SpecError, UnsupportedOpError } from '../errors.ts';
import type { Board, CoreUnit, KpuUnit, Unit } from '../boards/board/board.ts';
import { PROGRAM_KERNELS } from '../boards/accelerators/program-kernels.ts';
import {
  coreCyclesOf,
  priceCoreStep,
  type CoreCycles,
  type CorePrice,
  type PricedPart,
} from '../boards/pricing/cost.ts';
import type { CacheCarry } from '../boards/pricing/cache.ts';
import type { Program, Step } from '../deploy/program.ts';
import { psFromCycles, type Cycles, type Ps } from '../units.ts';
import { priceDmaStep, type DmaPrice } from './dma.ts';
import { kpuPhases, type KpuPhases } from './kpu-phases.ts';

/** A step whose span comes out of the KPU's pipeline. */
export interface KpuStep {
  readonly kind: 'kpu';
  readonly step: Step;
  readonly unit: string;
  readonly phases: KpuPhases;
}

/** A step that holds one unit for a span that is known beforehand. */
export interface SpanStep {
  readonly kind: 'span';
  readonly step: Step;
  readonly unit: string;
  /** Cycles of the core; without what memories take in their own time. */
  readonly spanCycles: Cycles;
  /** Seconds that do not follow the clock. */
  readonly ownSeconds: number;
  /** Id of the board's clock that the cycles are of. */
  readonly clock: string;
  /** What the step before left in the data cache. */
  readonly before: CacheCarry | undefined;
  readonly durationPs: Ps;
}

export type ScheduledStep = SpanStep | KpuStep;

/** Cycles of a step where its clock runs at so many Hz. */
export function cyclesAt({ spanCycles, ownSeconds }: SpanStep, hz: number): Cycles {
  return ownSeconds === 0 ? spanCycles : spanCycles + ownSeconds * hz;
}

/** A program priced for one board: all that can be known before events run. */
export type Schedule = readonly ScheduledStep[];

/** Frequency of one of the board's clocks, in Hz. Throws a SpecError for an id it does not have. */
export function clockHzOf(board: Board, id: string): number {
  for (const clock of board.clocks) if (clock.id === id) return clock.hz.value;
  throw new SpecError(`board "${board.id}" has no clock "${id}"`);
}

/** Frequency of the board's first core, in Hz: the clock of all costs in core cycles. */
export function coreHzOf(board: Board): number {
  const core = board.units.find((unit) => unit.kind === 'core');
  if (core) return clockHzOf(board, core.clock);
  throw new SpecError(`board "${board.id}" has no unit of kind "core"`);
}

/**
 * Prices every step of a program; what a step leaves in the data cache is handed to the next on the same core.
 * Throws UnsupportedOpError for a program that the board's runtime does not run, MissingCostError where a unit has no cost
 * for a step, a SpecError where the inference takes longer than
 * instants can count.
 */
export function scheduleProgram(program: Program, board: Board): Schedule {
  const schedule = unclockedSchedule(program, board);
  reclockSchedule(schedule, program.model, board);
  return schedule;
}

/**
 * Prices every step in cycles; the board's frequencies play no part, and durations are NaN until `reclockSchedule` sets
 * them. Throws MissingCostError as `scheduleProgram`.
 */
export function unclockedSchedule(program: Program, board: Board): Schedule {
  // Steps of short programs seldom come again, and to keep them costs sweeps more than to make them.
  const ofKpu = program.steps.length > MANY_STEPS ? sharedKpuStep : kpuStep;
  return priceSteps<CoreCycles, ScheduledStep>(program, board, coreCyclesOf, unclockedSpan, ofKpu);
}

/** What the spans of a program's steps are made of; undefined for a step of the KPU. Throws as `unclockedSchedule`. */
export function partsOfSpans(program: Program, board: Board): (readonly PricedPart[] | undefined)[] {
  return priceSteps<CorePrice, readonly PricedPart[] | undefined>(
    program,
    board,
    priceCoreStep,
    (_step, _unit, { parts }) => parts,
    () => undefined,
  );
}

type PriceCore<Price> = (unit: CoreUnit, step: Step, board: Board, before?: CacheCarry) => Price;

/** Programs up to this length are priced step by step: a choice, for their steps seldom repeat. */
const MANY_STEPS = 512;

/** The price of a step, the same object where the last step of the same work came as it does. */
function sharePrices<Price extends CoreCycles>(priceCore: PriceCore<Price>): PriceCore<Price> {
  const last = new Map<Step['work'], { step: Step; before: CacheCarry | undefined; price: Price }>();
  return (unit, step, board, before) => {
    const known = last.get(step.work);
    if (
      known &&
      known.step.unit === unit.id &&
      isPricedAlike(known.step, step) &&
      isLeft(known.before, before)
    )
      return known.price;
    const price = priceCore(unit, step, board, before);
    last.set(step.work, { step, before, price });
    return price;
  };
}

function isPricedAlike(a: Step, b: Step): boolean {
  return a.op === b.op && a.dtype === b.dtype && a.kernels === b.kernels && a.memories === b.memories;
}

/** Whether two states of the cache are the same. */
function isLeft(a: CacheCarry | undefined, b: CacheCarry | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.evictions === b.evictions && a.outputBytes === b.outputBytes && a.freeLines === b.freeLines;
}

/** What becomes of each step; what one leaves in the data cache is handed to the next on the same core. */
function priceSteps<Price extends CoreCycles, Made>(
  program: Program,
  board: Board,
  priceCore: PriceCore<Price>,
  ofSpan: (step: Step, unit: Exclude<Unit, KpuUnit>, price: Price | DmaPrice, before?: CacheCarry) => Made,
  ofKpu: (step: Step, unit: KpuUnit) => Made,
): Made[] {
  if (program.runtimeRefuses !== undefined)
    throw new UnsupportedOpError(`${program.model}: ${program.runtimeRefuses}`);
  let carry: CacheCarry | undefined;
  const priceOf = program.steps.length > MANY_STEPS ? sharePrices(priceCore) : priceCore;
  return program.steps.map((step) => {
    const unit = unitOf(step, board);
    if (unit.kind === 'kpu') return ofKpu(step, unit);
    if (unit.kind !== 'core')
      return ofSpan(
        step,
        unit,
        unit.kind === 'dma' ? priceDmaStep(unit, step, board) : PROGRAM_KERNELS.priceOf!(unit, step.offload!),
      );
    const price = priceOf(unit, step, board, carry);
    if (!(price.totalCoreCycles >= 0 && price.totalCoreCycles < Infinity)) throw noCost(step, price, board);
    const before = carry;
    carry = price.carry;
    return ofSpan(step, unit, price, before);
  });
}

/**
 * Sets the durations of a schedule to other frequencies, in place and without allocating: only for one that nobody else
 * holds. The board may differ from the one that priced it in its frequencies only. Throws a SpecError as `scheduleProgram`.
 */
export function reclockSchedule(schedule: Schedule, model: string, board: Board): void {
  let totalPs = 0;
  let clock = '';
  let hz = 0;
  for (const step of schedule) {
    if (step.kind === 'kpu') continue;
    if (step.clock !== clock) hz = clockHzOf(board, (clock = step.clock));
    const durationPs = psFromCycles(cyclesAt(step, hz), hz);
    totalPs += durationPs;
    if (totalPs > Number.MAX_SAFE_INTEGER) throw tooLong(model, board);
    (step as { durationPs: Ps }).durationPs = durationPs;
  }
}

function tooLong(model: string, { id }: Board): SpecError {
  return new SpecError(
    `${model} on board "${id}": one inference takes longer than the 2.5 hours that can be simulated`,
  );
}

function noCost(step: Step, { totalCoreCycles }: CoreCycles, { id }: Board): SpecError {
  const { op, dtype, kernels, unit } = step;
  return new SpecError(
    `board "${id}": unit "${unit}" would take ${totalCoreCycles} cycles for op ${step.node ?? '-'} (${op} ${dtype}) ` +
      `by the cost row of "${kernels}"; a cost is 0 or more and finite`,
  );
}

function unitOf(step: Step, board: Board): Unit {
  for (const unit of board.units) if (unit.id === step.unit) return unit;
  throw new SpecError(`board "${board.id}" has no unit "${step.unit}", which ${step.op} needs`);
}

/** What was made last of each step of deep programs: the boards of one interval differ in little. */
const lastMade = new WeakMap<Step, KpuStep>();

function sharedKpuStep(step: Step, unit: KpuUnit): KpuStep {
  const known = lastMade.get(step);
  const made = kpuStep(step, unit);
  if (known?.phases === made.phases) return known;
  lastMade.set(step, made);
  return made;
}

function kpuStep(step: Step, unit: KpuUnit): KpuStep {
  if (!step.kpu) throw new Error(`step ${step.op} is placed on the KPU but carries no layer`);
  return { kind: 'kpu', step, unit: unit.id, phases: kpuPhases(step.kpu, unit.constants) };
}

/** A step on a unit at a price; its duration is NaN until it is clocked. */
export function unclockedSpan(
  step: Step,
  { id, clock }: Exclude<Unit, KpuUnit>,
  price: CoreCycles | DmaPrice,
  before?: CacheCarry,
): SpanStep {
  const [spanCycles, ownSeconds] =
    'ownSeconds' in price ? [price.coreOnlyCycles, price.ownSeconds] : [price.totalCoreCycles, 0];
  return { kind: 'span', step, unit: id, spanCycles, ownSeconds, clock, before, durationPs: Number.NaN };
}
