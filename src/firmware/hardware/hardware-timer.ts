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
  readonly #onExpiry: () => unknown;
  readonly #onMissed: ((expiries: number) => void) | undefined;
  #setting: TimerSetting | undefined;
  #startPs: Ps = 0;
  #expiries = 0;

  /**
   * `onExpiry` returns false where nobody noticed. Further ones that nobody would notice are not told one by one but
   * counted for `onMissed`.
   */
  constructor(onExpiry: () => unknown, onMissed?: (expiries: number) => void) {
    this.#onExpiry = onExpiry;
    this.#onMissed = onMissed;
  }

  get nextPs(): Ps {
    return this.#setting ? this.#expiryPs(this.#setting, this.#expiries + 1) : Infinity;
  }

  /** Counted from the start, so that no rounding adds up. */
  #expiryPs({ steps, clockHz }: TimerSetting, expiries: number): Ps {
    return this.#startPs + Math.round((expiries * steps * PS_PER_SECOND) / clockHz);
  }

  start(nowPs: Ps, setting: TimerSetting): void {
    this.#setting = setting;
    this.#startPs = nowPs;
    this.#expiries = 0;
  }

  stop(): void {
    this.#setting = undefined;
  }

  happen(freeUntilPs?: () => Ps): void {
    this.#expiries += 1;
    if (this.#setting!.isOneShot) this.stop();
    if (this.#onExpiry() === false && freeUntilPs) this.#skipUntil(freeUntilPs());
  }

  /** Nobody notices what it does before this instant. */
  #skipUntil(endPs: Ps): void {
    const setting = this.#setting;
    if (!setting) return;
    const { steps, clockHz } = setting;
    const all = Math.floor(((endPs - this.#startPs) * clockHz) / (steps * PS_PER_SECOND)) - 1;
    const missed = all - this.#expiries;
    if (!(missed > 0) || this.#expiryPs(setting, all) >= endPs) return;
    this.#expiries = all;
    this.#onMissed?.(missed);
  }
}
