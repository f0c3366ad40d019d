import type { Board, KpuUnit } from '../../boards/board/board.ts';
import { HANDOVER_CONSTANTS, handoverPs } from '../../simulate/kpu-times.ts';
import { Machine } from '../../simulate/machine.ts';
import {
  nudgedSpans,
  rowsOf,
  spansThatDiffer,
  touchesConstant,
  touchesMemory,
  unitConstantAt,
  type NudgedSpan,
  type PriceNudge,
} from '../../simulate/nudged-schedule.ts';
import {
  clockHzOf,
  coreHzOf,
  cyclesAt,
  reclockSchedule,
  unclockedSchedule,
  type Schedule,
} from '../../simulate/schedule.ts';
import { nudgedBoards, type NudgedBoard } from '../../simulate/uncertainty.ts';
import { msFromPs, psFromCycles, type Ps } from '../../units.ts';
import type { Design } from './designs.ts';

/**
 * Derivative of a design's pulse by a calibrated constant of its board at these clocks, in ms: by a forward difference.
 * `machine` ran the design last, in `corner` of its corners, where it took `pulsePs`.
 */
export type Derivative = (clocked: Board, machine: Machine, corner: number, pulsePs: Ps) => number;

/** One that changes prices of single steps, or how to find out what it changes. */
type Nudge = { readonly delta: number; readonly price: PriceNudge } | ((design: Design) => Derivative);

/** Boards at their clocks whose nudged machines are kept, 90 kB each; a sweep may have any number of clocks. */
const KEPT_BOARDS = 1024;

/**
 * The pulses of a design on boards where one calibrated constant is larger. An inference is one process that does its
 * steps one after another, so its pulse is the sum of theirs: where a constant changes the spans of some, no other step
 * need be simulated again, and the sum is the same to the picosecond.
 */
export class Nudges {
  readonly #base: Board;
  readonly #nudges: readonly Nudge[];
  readonly #prices: readonly PriceNudge[];

  constructor(base: Board) {
    this.#base = base;
    this.#nudges = nudgedBoards(base).map((nudged, at) => nudgeOf(nudged, at, base));
    this.#prices = this.#nudges.flatMap((nudge) => (typeof nudge === 'function' ? [] : nudge.price));
  }

  /** By the calibrated constants of the board, in their order. */
  of(design: Design): Derivative[] {
    const { schedule } = design;
    const spans = nudgedSpans(schedule, rowsOf(schedule, this.#base), this.#prices);
    let priced = 0;
    return this.#nudges.map((nudge) =>
      typeof nudge === 'function' ? nudge(design) : bySpans(nudge.delta, spans[priced++]),
    );
  }
}

/** What a load or a store costs in a memory. */
const MEMORY_COST = /^memories\.([^.]+)\.(lineFillCycles|accessNs)$/;

function nudgeOf({ path, board, delta }: NudgedBoard, at: number, base: Board): Nudge {
  const { unit, name } = unitConstantAt(board, path) ?? {};
  if (unit?.kind === 'core') return { delta, price: { board, touches: touchesConstant(unit.id, name!) } };
  const [, memory] = MEMORY_COST.exec(path) ?? [];
  if (memory !== undefined) return { delta, price: { board, touches: touchesMemory(memory) } };
  if (unit?.kind === 'kpu' && HANDOVER_CONSTANTS.has(name!)) {
    const was = base.units.find(({ id }) => id === unit.id) as KpuUnit;
    return ({ schedule }) => byHandover(delta, was, unit, layersOn(unit, schedule));
  }
  if (unit?.kind === 'kpu' || board.clocks !== base.clocks) return againOn(at);
  // What a bench reads on top of the pulse is no part of it.
  if (board.units === base.units && board.memories === base.memories) return () => NONE;
  return ({ program, schedule }) =>
    bySpans(delta, spansThatDiffer(schedule, unclockedSchedule(program, board)));
}

const NONE: Derivative = () => 0;

function quotient(pulsePs: Ps, nudgedPs: Ps, delta: number): number {
  return (msFromPs(nudgedPs) - msFromPs(pulsePs)) / delta;
}

function bySpans(delta: number, spans: readonly NudgedSpan[]): Derivative {
  if (spans.length === 0) return NONE;
  return (clocked, machine, corner, pulsePs) => {
    let nudgedPs = pulsePs;
    let clock = '';
    let hz = 0;
    for (const { at, span } of spans) {
      if (span.clock !== clock) hz = clockHzOf(clocked, (clock = span.clock));
      nudgedPs += psFromCycles(cyclesAt(span, hz), hz) - machine.stepPs(at, corner);
    }
    return quotient(pulsePs, nudgedPs, delta);
  };
}

function layersOn({ id }: KpuUnit, schedule: Schedule): number {
  return schedule.filter(({ kind, unit }) => kind === 'kpu' && unit === id).length;
}

function byHandover(delta: number, was: KpuUnit, unit: KpuUnit, layers: number): Derivative {
  if (layers === 0) return NONE;
  return (clocked, _machine, _corner, pulsePs) => {
    const hz = coreHzOf(clocked);
    const nudgedPs = pulsePs + layers * (handoverPs(unit, hz) - handoverPs(was, hz));
    return quotient(pulsePs, nudgedPs, delta);
  };
}

interface NudgedMachine {
  readonly board: Board;
  readonly delta: number;
  readonly machine: Machine;
}

/** For a constant that changes what goes on inside a step, or the clocks: each pulse is simulated. */
function againOn(at: number): (design: Design) => Derivative {
  const kept = new Map<Board, NudgedMachine>();
  const nudgedFrom = (clocked: Board): NudgedMachine => {
    let nudged = kept.get(clocked);
    if (!nudged) {
      const { board, delta } = nudgedBoards(clocked)[at];
      if (kept.size === KEPT_BOARDS) kept.delete(kept.keys().next().value!);
      kept.set(clocked, (nudged = { board, delta, machine: new Machine(board) }));
    }
    return nudged;
  };
  return ({ program, name }) =>
    (clocked, _machine, _corner, pulsePs) => {
      const { board, delta, machine } = nudgedFrom(clocked);
      const schedule = unclockedSchedule(program, board);
      reclockSchedule(schedule, name, board);
      return quotient(pulsePs, machine.run(schedule), delta);
    };
}
