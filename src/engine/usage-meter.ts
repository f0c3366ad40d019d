import type { Ps } from '../units.ts';

/** Integrals since the last reset. busyPs + idlePs = elapsedPs and busySlotPs + idleSlotPs = slots x elapsedPs, exactly. */
export interface Usage {
  readonly elapsedPs: Ps;
  /** At least one slot taken. */
  readonly busyPs: Ps;
  readonly idlePs: Ps;
  readonly busySlotPs: Ps;
  readonly idleSlotPs: Ps;
  /** Summed over all waiters. */
  readonly waitingPs: Ps;
}

/** Integrates slots taken and waiters over simulated time, in integers (exact below 2^53). */
export class UsageMeter {
  readonly #slots: number;
  #atPs: Ps = 0;
  #taken = 0;
  #waiting = 0;
  #busyPs = 0;
  #idlePs = 0;
  #busySlotPs = 0;
  #idleSlotPs = 0;
  #waitingPs = 0;

  constructor(slots: number) {
    this.#slots = slots;
  }

  /** From `nowPs` on, so many slots are taken and so many processes wait. */
  set(nowPs: Ps, taken: number, waiting: number): void {
    const sincePs = nowPs - this.#atPs;
    if (this.#taken > 0) this.#busyPs += sincePs;
    else this.#idlePs += sincePs;
    this.#busySlotPs += this.#taken * sincePs;
    this.#idleSlotPs += (this.#slots - this.#taken) * sincePs;
    this.#waitingPs += this.#waiting * sincePs;
    this.#atPs = nowPs;
    this.#taken = taken;
    this.#waiting = waiting;
  }

  read(nowPs: Ps): Usage {
    this.set(nowPs, this.#taken, this.#waiting);
    return {
      elapsedPs: nowPs,
      busyPs: this.#busyPs,
      idlePs: this.#idlePs,
      busySlotPs: this.#busySlotPs,
      idleSlotPs: this.#idleSlotPs,
      waitingPs: this.#waitingPs,
    };
  }

  reset(): void {
    this.#atPs = 0;
    this.#taken = this.#waiting = 0;
    this.#busyPs = this.#idlePs = 0;
    this.#busySlotPs = this.#idleSlotPs = this.#waitingPs = 0;
  }
}
