import type { LinkPort } from '../../engine/link-port.ts';
import type { Simulation } from '../../engine/simulation.ts';
import type { ProcessBody } from '../../engine/waiting.ts';
import { cyclesFromPs, psFromCycles, type Bytes, type Cycles, type Hz, type Ps } from '../../units.ts';

/** A span of work with the bytes that it moves through the frames' memory meanwhile. */
export interface BusWork {
  readonly durationPs: Ps;
  readonly bytes: Bytes;
}

/** What a stretched piece of work took on top of its own span. */
export interface Delays {
  busPs: Ps;
  interruptPs: Ps;
}

export const NO_DELAYS: Readonly<Delays> = { busPs: 0, interruptPs: 0 };

/** How a memory moves bursts, in cycles of its clock. */
export interface BurstRate {
  readonly hz: Hz;
  readonly bytes: Bytes;
  readonly cycles: Cycles;
}

/** Pieces that work is cut into: between two of them another master may come first. */
const PIECE_PS: Ps = 20e6;
const MOST_PIECES = 4096;

/**
 * The core that runs scripts. Work of a known span goes on for longer where interrupts take the core or another master has
 * the memory; alone it takes its span to the picosecond.
 */
export class BusyCore {
  readonly #simulation: Simulation;
  readonly #port: LinkPort;
  readonly #rate: BurstRate;
  #interruptedPs: Ps = 0;

  constructor(simulation: Simulation, port: LinkPort, rate: BurstRate) {
    this.#simulation = simulation;
    this.#port = port;
    this.#rate = rate;
  }

  /** An interrupt takes the core for so long. */
  interrupt(durationPs: Ps): void {
    this.#interruptedPs += durationPs;
  }

  /** Work for its span, and for as long as it is held up; returns by what. */
  *work({ durationPs, bytes: claimed }: BusWork): ProcessBody<Delays> {
    const bytes = Math.min(claimed, this.#mostBytes(durationPs));
    const simulation = this.#simulation;
    const startPs = simulation.nowPs;
    const beganAt = this.#interruptedPs;
    const delays: Delays = { busPs: 0, interruptPs: 0 };
    const pieces = bytes === 0 ? 1 : Math.min(MOST_PIECES, Math.max(1, Math.ceil(durationPs / PIECE_PS)));
    for (let piece = 1; piece <= pieces; piece++) {
      const share = Math.floor((bytes * piece) / pieces) - Math.floor((bytes * (piece - 1)) / pieces);
      const movePs = Math.min(this.#movePs(share), Math.floor(durationPs / pieces));
      const endPs = startPs + Math.round((durationPs * piece) / pieces);
      yield* this.#until(() => endPs - movePs + delays.busPs + (this.#interruptedPs - beganAt));
      if (share === 0) continue;
      const askedPs = simulation.nowPs;
      yield this.#port.transfer(share);
      delays.busPs += Math.max(0, simulation.nowPs - askedPs - movePs);
    }
    yield* this.#until(() => startPs + durationPs + delays.busPs + (this.#interruptedPs - beganAt));
    delays.interruptPs = this.#interruptedPs - beganAt;
    return delays;
  }

  *#until(endPs: () => Ps): ProcessBody {
    for (
      let leftPs = endPs() - this.#simulation.nowPs;
      leftPs > 0;
      leftPs = endPs() - this.#simulation.nowPs
    ) {
      yield leftPs;
    }
  }

  /** What the memory moves within a span: a span that is known holds its own moves. */
  #mostBytes(durationPs: Ps): Bytes {
    const { hz, bytes: burstBytes, cycles } = this.#rate;
    return Math.floor((cyclesFromPs(durationPs, hz) * burstBytes) / cycles);
  }

  /** What the memory takes for so many bytes when nobody else asks. */
  #movePs(bytes: Bytes): Ps {
    const { hz, bytes: burstBytes, cycles } = this.#rate;
    return psFromCycles(Math.ceil((bytes * cycles) / burstBytes), hz);
  }
}
