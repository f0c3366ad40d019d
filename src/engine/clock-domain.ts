import { psFromCycles, type Cycles, type Hz, type Ps } from '../units.ts';
import type { Part } from './model-part.ts';
import type { Simulation } from './simulation.ts';

/**
 * A clock whose frequency may change while the simulation runs. Whole spans are converted once, so nothing is lost to
 * rounded cycles; a span that has begun keeps the frequency it began with.
 */
export class ClockDomain implements Part {
  readonly name: string;
  readonly #initialHz: Hz;
  #hz: Hz;

  constructor(simulation: Simulation, name: string, hz: Hz) {
    this.name = name;
    this.#hz = this.#initialHz = this.#checked(hz);
    simulation.register(this);
  }

  get hz(): Hz {
    return this.#hz;
  }

  /** For all spans that begin from now on. Throws a RangeError unless it is positive and finite. */
  setHz(hz: Hz): void {
    this.#hz = this.#checked(hz);
  }

  /** A span of this clock, to be yielded as a delay: rounded once. Throws a RangeError for negative or no numbers. */
  psFromCycles(cycles: Cycles): Ps {
    if (!(cycles >= 0 && cycles < Infinity))
      throw new RangeError(`clock "${this.name}": expected cycles from 0, got ${cycles}`);
    return psFromCycles(cycles, this.#hz);
  }

  reset(): void {
    this.#hz = this.#initialHz;
  }

  describe(): unknown {
    return { hz: this.#hz };
  }

  #checked(hz: Hz): Hz {
    if (hz > 0 && hz < Infinity) return hz;
    throw new RangeError(`clock "${this.name}": expected a frequency above 0 Hz, got ${hz}`);
  }
}
