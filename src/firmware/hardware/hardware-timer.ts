import { PS_PER_SECOND, type Ps } from '../../units.ts';
import type { Clockwork } from './clockworks.ts';

export interface TimerSetting {
  /** Steps of the timer's clock from one expiry to the next. */
  readonly steps: number;
  readonly clockHz: number;
  readonly isOneShot: boolean;
}

/** A timer of the chip: it counts steps of its clock, whatever the cores do, and tells when they have passed. */
export class HardwareTimer implements Clockwork {
  readonly interrupts = true;
  readonly #onExpiry: () => void;
  #setting: TimerSetting | undefined;
  #startPs: Ps = 0;
  #expiries = 0;

  constructor(onExpiry: () => void) {
    this.#onExpiry = onExpiry;
  }

  get nextPs(): Ps {
    if (!this.#setting) return Infinity;
    const { steps, clockHz } = this.#setting;
    // Counted from the start, so that no rounding adds up.
    return this.#startPs + Math.round(((this.#expiries + 1) * steps * PS_PER_SECOND) / clockHz);
  }

  start(nowPs: Ps, setting: TimerSetting): void {
    this.#setting = setting;
    this.#startPs = nowPs;
    this.#expiries = 0;
  }

  stop(): void {
    this.#setting = undefined;
  }

  happen(): void {
    this.#expiries += 1;
    if (this.#setting!.isOneShot) this.stop();
    this.#onExpiry();
  }
}
