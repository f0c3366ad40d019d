import { SpecError } from '../errors.ts';
import type { Board, KpuUnit } from '../boards/board/board.ts';
import type { CornerDelay, ClockCorners } from '../engine/clock-corners.ts';
import type { Simulation } from '../engine/simulation.ts';
import { psFromCycles, type Bytes, type Cycles, type Hz, type Ps } from '../units.ts';
import { clockHzOf } from './schedule.ts';

/** What a process yields to wait for: a span, or one of each corner's own. */
export type Delay = Ps | CornerDelay;

/** The span of a delay, in the first corner where there are several. */
export function leadPs(delay: Delay): Ps {
  return typeof delay === 'number' ? delay : delay.spansPs[0];
}

/** Delays of a KPU's pipeline at some frequencies. One that a method gives is good until the next call of any. */
export interface KpuTimes {
  readonly submit: Delay;
  readonly interrupt: Delay;
  /** Parameters from the core's bus to the KPU's memory. */
  fetch(bytes: Bytes): Delay;
  compute(kpuCycles: Cycles): Delay;
  /** The present instant, for `until`. */
  mark(): unknown;
  /** From now to so long after a mark of these times. */
  until(mark: unknown, delay: Delay): Delay;
}

/** What of a KPU and its board's frequencies the times follow from. */
interface KpuRates {
  readonly coreHz: Hz;
  readonly kpuHz: Hz;
  readonly submitCoreCycles: Cycles;
  readonly interruptCoreCycles: Cycles;
  readonly parameterBytesPerCoreCycle: number;
}

function ratesOf(board: Board, { clock, constants, id }: KpuUnit, coreClock: string): KpuRates {
  return {
    coreHz: clockHzOf(board, coreClock),
    kpuHz: clockHzOf(board, clock),
    submitCoreCycles: constantOf(id, constants, 'submitCoreCycles'),
    interruptCoreCycles: constantOf(id, constants, 'interruptCoreCycles'),
    parameterBytesPerCoreCycle: constantOf(id, constants, 'parameterBytesPerCoreCycle'),
  };
}

/** A constant of a KPU. Throws a SpecError where the unit lacks it. */
export function constantOf(unit: string, constants: KpuUnit['constants'], name: string): number {
  const constant = constants[name];
  if (constant) return constant.value;
  throw new SpecError(`unit "${unit}" of kind "kpu" needs the constant "${name}"`);
}

/** Constants by which each layer of a KPU takes longer as they grow, whatever else it does. */
export const HANDOVER_CONSTANTS: ReadonlySet<string> = new Set(['submitCoreCycles', 'interruptCoreCycles']);

/** What the core takes for one layer of a KPU: its submission and its interrupt. */
export function handoverPs({ id, constants }: KpuUnit, coreHz: Hz): Ps {
  const submitPs = psFromCycles(constantOf(id, constants, 'submitCoreCycles'), coreHz);
  return submitPs + psFromCycles(constantOf(id, constants, 'interruptCoreCycles'), coreHz);
}

/** Times of a single run. */
export class SingleKpuTimes implements KpuTimes {
  readonly submit: Ps;
  readonly interrupt: Ps;
  readonly #simulation: Simulation;
  readonly #coreHz: Hz;
  readonly #kpuHz: Hz;
  readonly #bytesPerCoreCycle: number;

  constructor(simulation: Simulation, board: Board, unit: KpuUnit, coreClock: string) {
    const rates = ratesOf(board, unit, coreClock);
    this.#simulation = simulation;
    this.#coreHz = rates.coreHz;
    this.#kpuHz = rates.kpuHz;
    this.#bytesPerCoreCycle = rates.parameterBytesPerCoreCycle;
    this.submit = psFromCycles(rates.submitCoreCycles, rates.coreHz);
    this.interrupt = psFromCycles(rates.interruptCoreCycles, rates.coreHz);
  }

  fetch(bytes: Bytes): Ps {
    return psFromCycles(bytes / this.#bytesPerCoreCycle, this.#coreHz);
  }

  compute(kpuCycles: Cycles): Ps {
    return psFromCycles(kpuCycles, this.#kpuHz);
  }

  mark(): Ps {
    return this.#simulation.nowPs;
  }

  until(mark: Ps, delay: Ps): Ps {
    return mark + delay - this.#simulation.nowPs;
  }
}

/** Times of several runs in lockstep, a board of other frequencies for each. */
export class CornerKpuTimes implements KpuTimes {
  readonly submit: CornerDelay;
  readonly interrupt: CornerDelay;
  readonly #corners: ClockCorners;
  readonly #coreHz: Float64Array;
  readonly #kpuHz: Float64Array;
  readonly #bytesPerCoreCycle: number;
  /** What `fetch`, `compute` and `until` give. */
  readonly #delay: CornerDelay;

  /** `boards` by corner. */
  constructor(simulation: Simulation, boards: readonly Board[], unit: KpuUnit, coreClock: string) {
    this.#corners = simulation.corners!;
    this.#delay = simulation.cornerDelay();
    this.submit = simulation.cornerDelay();
    this.interrupt = simulation.cornerDelay();
    const rates = boards.map((board) => ratesOf(board, unit, coreClock));
    this.#coreHz = Float64Array.from(rates, ({ coreHz }) => coreHz);
    this.#kpuHz = Float64Array.from(rates, ({ kpuHz }) => kpuHz);
    this.#bytesPerCoreCycle = rates[0].parameterBytesPerCoreCycle;
    rates.forEach(({ coreHz, submitCoreCycles, interruptCoreCycles }, corner) => {
      this.submit.spansPs[corner] = psFromCycles(submitCoreCycles, coreHz);
      this.interrupt.spansPs[corner] = psFromCycles(interruptCoreCycles, coreHz);
    });
  }

  fetch(bytes: Bytes): CornerDelay {
    const { spansPs } = this.#delay;
    const coreCycles = bytes / this.#bytesPerCoreCycle;
    for (let corner = 0; corner < spansPs.length; corner++) {
      spansPs[corner] = psFromCycles(coreCycles, this.#coreHz[corner]);
    }
    return this.#delay;
  }

  compute(kpuCycles: Cycles): CornerDelay {
    const { spansPs } = this.#delay;
    for (let corner = 0; corner < spansPs.length; corner++) {
      spansPs[corner] = psFromCycles(kpuCycles, this.#kpuHz[corner]);
    }
    return this.#delay;
  }

  mark(): Float64Array {
    return this.#corners.nowPs.slice();
  }

  until(mark: Float64Array, { spansPs }: CornerDelay): CornerDelay {
    const { nowPs } = this.#corners;
    for (let corner = 0; corner < nowPs.length; corner++) {
      this.#delay.spansPs[corner] = mark[corner] + spansPs[corner] - nowPs[corner];
    }
    return this.#delay;
  }
}
