import type { Ps } from '../units.ts';
import type { Waitable, Waiter } from './waiting.ts';

/** The events of a lockstep simulation come in another order in some lane: simulate its lanes one by one. */
export class LanesDiverged extends Error {
  constructor() {
    super('the lanes of a lockstep simulation have diverged; simulate them one by one');
  }
}

/** A delay of each lane's own, to be yielded by a process of a lockstep simulation. Its spans may be set anew any time. */
export class LaneDelay implements Waitable {
  readonly name = 'delay';
  /** Whole, non-negative picoseconds by lane. */
  readonly spansPs: Float64Array;
  readonly #sleep: (process: Waiter, spansPs: Float64Array) => void;

  constructor(lanes: number, sleep: (process: Waiter, spansPs: Float64Array) => void) {
    this.spansPs = new Float64Array(lanes);
    this.#sleep = sleep;
  }

  suspend(process: Waiter): boolean {
    this.#sleep(process, this.spansPs);
    return true;
  }
}

const INITIAL_SLOTS = 16;

/**
 * Instants of several runs of one model in lockstep: they differ in nothing but the lengths of their delays, say because
 * their clocks do. Each event is run once, at an instant of its own in each lane. The first lane leads: its instants
 * order the events.
 *
 * That is what each lane would do alone as long as all have one order of events. They do while, from one event to the
 * next, no lane goes back in time, and a lane stays at its instant exactly where the leader does: whatever is pending
 * then comes later, or at the same instant, in each lane alike, and priorities and arrivals, which decide between equal
 * instants, are the same. Each event is checked so, in each lane.
 *
 * Not promised: that a model may branch on instants. It may compute delays from them, by lane.
 */
export class Lanes {
  readonly count: number;
  /** Instants of the event in progress, or of the last one, by lane. */
  readonly nowPs: Float64Array;
  /** Instants of pending events by slot of the queue, then by lane. */
  #pendingPs: Float64Array;

  /** Throws a RangeError unless there is at least one lane. */
  constructor(count: number) {
    if (!(Number.isInteger(count) && count >= 1))
      throw new RangeError(`lanes: expected 1 or more, got ${count}`);
    this.count = count;
    this.nowPs = new Float64Array(count);
    this.#pendingPs = new Float64Array(INITIAL_SLOTS * count);
  }

  /** The event in a slot comes after the same span in all lanes. */
  after(slot: number, spanPs: Ps): void {
    const { count, nowPs } = this;
    const pendingPs = this.#roomFor(slot);
    for (let lane = 0, at = slot * count; lane < count; lane++, at++) pendingPs[at] = nowPs[lane]! + spanPs;
  }

  /** The event in a slot comes after a span of each lane's own. */
  afterEach(slot: number, spansPs: Float64Array): void {
    const { count, nowPs } = this;
    const pendingPs = this.#roomFor(slot);
    for (let lane = 0, at = slot * count; lane < count; lane++, at++) {
      pendingPs[at] = nowPs[lane]! + spansPs[lane]!;
    }
  }

  /** Goes on to the event in a slot. Throws LanesDiverged where that is not the next one in all lanes. */
  enter(slot: number): void {
    const { count, nowPs } = this;
    const pendingPs = this.#pendingPs;
    const start = slot * count;
    const isTie = pendingPs[start] === nowPs[0];
    for (let lane = 0, at = start; lane < count; lane++, at++) {
      const atPs = pendingPs[at]!;
      const isNext = isTie ? atPs === nowPs[lane] : atPs > nowPs[lane]! && atPs <= Number.MAX_SAFE_INTEGER;
      if (!isNext) throw new LanesDiverged();
      nowPs[lane] = atPs;
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
