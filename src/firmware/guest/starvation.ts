import type { Ps } from '../../units.ts';

/**
 * Calls for interrupts that may come while the script stands nearly still: a tenth of a second of the fastest board, and some
 * tenths of ours.
 */
const MAX_CALLS = 50_000;
/** The script stands nearly still where all that is no interrupt has less than this share of their time. */
const LEAST_SHARE = 0.1;

/**
 * Watches for interrupts that come before the function is done which is called for them: the core does nothing else, on the
 * board until somebody pulls its plug.
 */
export class Starvation {
  #sincePs: Ps = 0;
  #calls = 0;
  #callsPs: Ps = 0;

  /** Counts a call for an interrupt, from its instant to its end; whether the script has stood still for too many. */
  isReached(startPs: Ps, endPs: Ps): boolean {
    this.#calls += 1;
    this.#callsPs += endPs - startPs;
    if (endPs - this.#sincePs - this.#callsPs >= LEAST_SHARE * this.#callsPs) {
      this.#calls = this.#callsPs = 0;
      this.#sincePs = endPs;
    }
    return this.#calls > MAX_CALLS;
  }
}
