import type { Ps } from '../units.ts';
import type { Waitable, Waiter } from './waiting.ts';

/** The events of a lockstep simulation come in another order in some corner: simulate its corners one by one. */
export class CornersDiverged extends Error {
  constructor() {
    super('the corners of a lockstep simulation have diverged; simulate them one by one');
  }
}

/** A delay of each corner's own, yielded by a process of a lockstep simulation. Its spans may be set anew any time. */
export class CornerDelay implements Waitable {
  readonly name = 'delay';
  /** Whole, non-negative picoseconds by corner. */
  readonly spansPs: Float64Array;
  readonly #sleep: (process: Waiter, spansPs: Float64Array) => void;

  constructor(corners: number, sleep: (process: Waiter, spansPs: Float64Array) => void) {
    this.spansPs = new Float64Array(corners);
    this.#sleep = sleep;
  }

  suspend(process: Waiter): boolean {
    this.#sleep(process, this.spansPs);
    return true;
  }
}

const INITIAL_SLOTS = 16;

/**
 * Instants of several runs of one model in lockstep. Each is a clock corner, one setting of the model's clocks: runs
 * differ in nothing but the lengths of their delays. Each event is run once, at an instant of its own in each corner.
 * The first corner leads: its instants order the events.
 *
 * That is what each corner would do alone as long as all have one order of events. They do while, from one event to
 * the next, no corner goes back in time, and a corner stays at its instant exactly where the leader does: whatever is
 * pending then comes later, or at the same instant, in each corner alike, and priorities and arrivals, which decide
 * between equal instants, are the same. Each event is checked so, in each corner.
 *
 * Not promised: that a model may branch on instants. It may compute delays from them, by corner.
 */
export class ClockCorners {
  readonly count: number;
  /** Instants of the event in progress, or of the last one, by corner. */
  readonly nowPs: Float64Array;
  /** Instants of pending events by slot of the queue, then by corner. */
  #pendingPs: Float64Array;

  /** Throws a RangeError unless there is at least one corner. */
  constructor(count: number) {
    if (!(Number.isInteger(count) && count >= 1))
      throw new RangeError(`corners: expected 1 or more, got ${count}`);
    this.count = count;
    this.nowPs = new Float64Array(count);
    this.#pendingPs = new Float64Array(INITIAL_SLOTS * count);
  }

  /** The event in a slot comes after the same span in all corners. */
  after(slot: number, spanPs: Ps): void {
    const { count, nowPs } = this;
    const pendingPs = this.#roomFor(slot);
    for (let corner = 0, at = slot * count; corner < count; corner++, at++)
      pendingPs[at] = nowPs[corner] + spanPs;
  }

  /** The event in a slot comes after a span of each corner's own. */
  afterEach(slot: number, spansPs: Float64Array): void {
    const { count, nowPs } = this;
    const pendingPs = this.#roomFor(slot);
    for (let corner = 0, at = slot * count; corner < count; corner++, at++) {
      pendingPs[at] = nowPs[corner] + spansPs[corner];
    }
  }

  /** Goes on to the event in a slot. Throws CornersDiverged where that is not the next one in all corners. */
  enter(slot: number): void {
    const { count, nowPs } = this;
    const pendingPs = this.#pendingPs;
    const start = slot * count;
    const isTie = pendingPs[start] === nowPs[0];
    for (let corner = 0, at = start; corner < count; corner++, at++) {
      const atPs = pendingPs[at];
      const isNext = isTie ? atPs === nowPs[corner] : atPs > nowPs[corner] && atPs <= Number.MAX_SAFE_INTEGER;
      if (!isNext) throw new CornersDiverged();
      nowPs[corner] = atPs;
    }
  }

  reset(): void {
    this.nowPs.fill(0);
  }

  #roomFor(slot: number): Float64Array {
    const needed = (slot + 1) * this.count;
    if (this.#pendingPs.length < needed) {
      const grown = new Float64Array(2 * needed);
      grown.set(this.#pendingPs);
      this.#pendingPs = grown;
    }
    return this.#pendingPs;
  }
}
