import { SpecError } from '../errors.ts';
import type { Board, CoreUnit, DmaUnit, KpuUnit, Unit } from '../boards/board.ts';
import { priceCoreStep, type PricedPart } from '../boards/cost.ts';
import type { CacheCarry } from '../boards/cache.ts';
import type { KpuLayer, Program, Step } from '../deploy/program.ts';
import { psFromCycles, type Cycles, type Ps } from '../units.ts';
import { priceDmaStep } from './dma.ts';
import { kpuPhases, type KpuPhases } from './kpu-phases.ts';

/** A step that holds one unit for a span that is known beforehand. */
export interface SpanStep extends PricedSpan {
  readonly durationPs: Ps;
}

/** A step whose span comes out of the KPU's pipeline. */
export interface KpuStep {
  readonly kind: 'kpu';
  readonly step: Step;
  readonly unit: string;
  readonly layer: KpuLayer;
  readonly phases: KpuPhases;
}

export type ScheduledStep = SpanStep | KpuStep;

/** A program priced for one board: all that can be known before events run. */
export type Schedule = readonly ScheduledStep[];

/** A step's price in cycles of its unit's clock. */
export interface PricedSpan {
  readonly kind: 'span';
  readonly step: Step;
  readonly unit: string;
  readonly parts: readonly PricedPart[];
  readonly spanCycles: Cycles;
  /** Id of the board's clock that the cycles are of. */
  readonly clock: string;
}

/** A program priced in cycles: what holds for a board whatever the frequencies of its clocks. */
export type PricedProgram = readonly (PricedSpan | KpuStep)[];

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
 * Throws MissingCostError where a unit has no cost for a step.
 */
export function scheduleProgram(program: Program, board: Board): Schedule {
  return clockProgram(priceProgram(program, board), program.model, board);
}

/** Prices every step in cycles; the board's frequencies play no part. Throws MissingCostError as `scheduleProgram`. */
export function priceProgram(program: Program, board: Board): PricedProgram {
  let carry: CacheCarry | undefined;
  return program.steps.map((step) => {
    const unit = unitOf(step, board);
    if (unit.kind === 'kpu') return kpuStep(step, unit);
    if (unit.kind === 'dma') return pricedSpan(step, unit, priceDmaStep(unit, step, board));
    const price = priceCoreStep(unit, step, board, carry);
    carry = price.carry;
    return pricedSpan(step, unit, price);
  });
}

/**
 * The schedule of a priced program at the frequencies of a board; the board may differ from the one that priced it in
 * its frequencies only. Throws a SpecError where the inference takes longer than instants can count.
 */
export function clockProgram(priced: PricedProgram, model: string, board: Board): Schedule {
  const schedule = unclockedSchedule(priced);
  reclockSchedule(schedule, model, board);
  return schedule;
}

/** The steps of a priced program, their durations NaN until `reclockSchedule` sets them. */
export function unclockedSchedule(priced: PricedProgram): Schedule {
  return priced.map((step) => {
    if (step.kind === 'kpu') return step;
    const { kind, unit, parts, spanCycles, clock } = step;
    return { kind, step: step.step, unit, parts, spanCycles, clock, durationPs: Number.NaN };
  });
}

/**
 * Sets the durations of a schedule to other frequencies, in place and without allocating: only for one that nobody else
 * holds. The board may differ from the one that priced it in its frequencies only. Throws as `clockProgram`.
 */
export function reclockSchedule(schedule: Schedule, model: string, board: Board): void {
  let totalPs = 0;
  let clock = '';
  let hz = 0;
  for (const step of schedule) {
    if (step.kind === 'kpu') continue;
    if (step.clock !== clock) hz = clockHzOf(board, (clock = step.clock));
    const durationPs = psFromCycles(step.spanCycles, hz);
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

function unitOf(step: Step, board: Board): Unit {
  for (const unit of board.units) if (unit.id === step.unit) return unit;
  throw new SpecError(`board "${board.id}" has no unit "${step.unit}", which ${step.op} needs`);
}

function kpuStep(step: Step, unit: KpuUnit): KpuStep {
  if (!step.kpu) throw new Error(`step ${step.op} is placed on the KPU but carries no layer`);
  return { kind: 'kpu', step, unit: unit.id, layer: step.kpu, phases: kpuPhases(step.kpu, unit.constants) };
}

function pricedSpan(
  step: Step,
  unit: CoreUnit | DmaUnit,
  { parts, totalCoreCycles }: { readonly parts: readonly PricedPart[]; readonly totalCoreCycles: number },
): PricedSpan {
  return { kind: 'span', step, unit: unit.id, parts, spanCycles: totalCoreCycles, clock: unit.clock };
}
