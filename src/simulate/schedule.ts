import { SpecError } from '../errors.ts';
import type { Board, Unit } from '../boards/board.ts';
import { priceCoreStep, type PricedPart } from '../boards/cost.ts';
import type { CacheCarry } from '../boards/cache.ts';
import type { KpuLayer, Program, Step } from '../deploy/program.ts';
import { psFromCycles, type Ps } from '../units.ts';
import { priceDmaStep } from './dma.ts';

/** A step that holds one unit for a span that is known beforehand. */
export interface SpanStep {
  readonly kind: 'span';
  readonly step: Step;
  readonly unit: string;
  readonly parts: readonly PricedPart[];
  readonly durationPs: Ps;
}

/** A step whose span comes out of the KPU's pipeline. */
export interface KpuStep {
  readonly kind: 'kpu';
  readonly step: Step;
  readonly unit: string;
  readonly layer: KpuLayer;
}

export type ScheduledStep = SpanStep | KpuStep;

/** A program priced for one board: all that can be known before events run. */
export type Schedule = readonly ScheduledStep[];

/** Frequency of one of the board's clocks, in Hz. Throws a SpecError for an id it does not have. */
export function clockHzOf(board: Board, id: string): number {
  const clock = board.clocks.find((candidate) => candidate.id === id);
  if (clock) return clock.hz.value;
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
  const units = new Map(board.units.map((unit) => [unit.id, unit]));
  let totalPs = 0;
  let carry: CacheCarry | undefined;
  return program.steps.map((step): ScheduledStep => {
    const unit = unitOf(units, step, board);
    if (unit.kind === 'kpu') return kpuStep(step, unit);
    const hz = clockHzOf(board, unit.clock);
    if (unit.kind === 'dma') return spanStep(step, unit, priceDmaStep(unit, step, board), hz);
    const price = priceCoreStep(unit, step, board, carry);
    carry = price.carry;
    const span = spanStep(step, unit, price, hz);
    totalPs += span.durationPs;
    if (totalPs > Number.MAX_SAFE_INTEGER) throw tooLong(program, board);
    return span;
  });
}

function tooLong({ model }: Program, { id }: Board): SpecError {
  return new SpecError(
    `${model} on board "${id}": one inference takes longer than the 2.5 hours that can be simulated`,
  );
}

function unitOf(units: ReadonlyMap<string, Unit>, step: Step, board: Board): Unit {
  const unit = units.get(step.unit);
  if (unit) return unit;
  throw new SpecError(`board "${board.id}" has no unit "${step.unit}", which ${step.op} needs`);
}

function kpuStep(step: Step, unit: Unit): KpuStep {
  if (step.kpu) return { kind: 'kpu', step, unit: unit.id, layer: step.kpu };
  throw new Error(`step ${step.op} is placed on the KPU but carries no layer`);
}

function spanStep(
  step: Step,
  unit: Unit,
  price: { readonly parts: readonly PricedPart[]; readonly totalCoreCycles: number },
  hz: number,
): SpanStep {
  const durationPs = psFromCycles(price.totalCoreCycles, hz);
  return { kind: 'span', step, unit: unit.id, parts: price.parts, durationPs };
}
