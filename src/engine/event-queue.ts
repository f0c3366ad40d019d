import type { Ps } from '../units.ts';
import type { Priority } from './priority.ts';
import { seededIntegers } from '../seeded-random.ts';

/** Names one pushed event for `cancel`: its slot and the generation of that slot. */
export type EventHandle = number;

/** One event of `pending`, without its payload. */
export interface PendingEvent {
  readonly atPs: Ps;
  readonly priority: number;
  readonly slot: number;
}

export interface EventQueueOptions {
  /** With a seed, events of equal instant and priority come in an order drawn from it, not in order of arrival. */
  readonly shuffleTies?: number | undefined;
  /** Number of the first arrival, so that a test reaches the renumbering without 2^29 pushes. */
  readonly firstArrival?: number;
}

const INITIAL_EVENTS = 64;
// An event's order is one exact number of 53 bits: a one, priority (2), arrival (29), slot (21). With that one in front the
// low word of the number as it is stored ends with the slot: `pop` reads it there, five times as fast as `slotOf`.
const SLOT_RANGE = 2 ** 21;
const ARRIVAL_RANGE = 2 ** 29;
const PRIORITY_STEP = ARRIVAL_RANGE * SLOT_RANGE;
const LEAST_ORDER = 2 ** 52;
const SLOTS_PER_ONE = 1 / SLOT_RANGE;
/** Where the low word of the earliest event's order is, among all words. */
const EARLIEST_SLOT = new Int32Array(Float64Array.of(0, LEAST_ORDER + 1).buffer).indexOf(1);
/** Numbers of a heap that the first caches do not hold, 128 KiB. */
const FETCH_FROM = 2 ** 14;
const NO_INSTANT = -Infinity;

/**
 * Pending events in the total order (atPs, priority, arrival): a binary heap whose entries are two numbers side by
 * side, instant and order, in one Float64Array. The choice of the smaller child is arithmetic, not a branch, which made
 * 36, 17 and 6.7 M holds/s at 10, 1e3 and 1e5 events where a 4-ary heap with branches made 32, 9.8 and 4.6.
 *
 * `push` returns a slot, an integer below `capacity` that is the event's own until it is popped or cancelled; the
 * caller keeps the payload in an array by slot. Nothing is allocated while the queue stays below the most events
 * it has held; the arrays double when it does not. At 2^29 arrivals the pending events are renumbered in order.
 *
 * Not promised: iteration in order, more than 2^21 pending events, a check of delays (the simulation does that), and that
 * a cancelled event leaves the heap at once (it does so on top, or when half the heap is cancelled).
 */
export class EventQueue {
  /** The instant of the event popped last, or a later one that whoever owns the queue has set. */
  nowPs: Ps = 0;

  #capacity = INITIAL_EVENTS;
  #keys = paddedKeys(INITIAL_EVENTS);
  #words = new Int32Array(this.#keys.buffer);
  #free = new Int32Array(INITIAL_EVENTS);
  #generations = new Uint32Array(INITIAL_EVENTS);
  #cancelled = new Uint8Array(INITIAL_EVENTS);
  #freeCount = 0;
  #used = 0;
  // A pop leaves the root open, and the push that mostly follows closes it with one sift instead of two and takes over
  // the slot. The slot of an open root, or -1.
  #openSlot = -1;
  #cancelledCount = 0;
  #arrival: number;
  readonly #firstArrival: number;
  readonly #seed: number | undefined;
  #shuffle: (() => number) | null;

  constructor({ shuffleTies, firstArrival = 0 }: EventQueueOptions = {}) {
    this.#seed = shuffleTies;
    this.#shuffle = shuffleTies === undefined ? null : seededIntegers(shuffleTies);
    this.#firstArrival = firstArrival;
    this.#arrival = firstArrival;
    this.#addSlots(0, INITIAL_EVENTS);
  }

  /** Events pending, without the cancelled ones. */
  get length(): number {
    return this.#used - (this.#openSlot === -1 ? 0 : 1) - this.#cancelledCount;
  }

  /** Slots are below this number; it only grows. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Adds an event `delayPs` from now and returns its slot. Throws a RangeError beyond 2^21 pending events. */
  push(delayPs: Ps, priority: Priority): number {
    const atPs = this.nowPs + delayPs;
    const rank = rankOf(priority, this.#shuffle === null ? this.#nextArrival() : this.#shuffle() >> 1);
    let slot = this.#openSlot;
    if (slot !== -1) {
      this.#openSlot = -1;
      this.#siftDown(atPs, rank + slot);
    } else {
      if (this.#freeCount === 0) this.#grow();
      slot = this.#free[--this.#freeCount];
      this.#siftUp(this.#used++, atPs, rank + slot);
    }
    return slot;
  }

  /** Removes the earliest event unless it is after `untilPs`: returns its slot, and its instant is now; else -1. */
  pop(untilPs: Ps): number {
    this.#settle();
    const atPs = this.#keys[0];
    if (this.#used === 0 || atPs > untilPs) return -1;
    const slot = this.#words[EARLIEST_SLOT] & (SLOT_RANGE - 1);
    this.nowPs = atPs;
    this.#openSlot = slot;
    this.#generations[slot]++;
    return slot;
  }

  /** The instant of the earliest event, or Infinity. */
  peekPs(): Ps {
    this.#settle();
    return this.#keys[0];
  }

  /** The handle of the event that holds `slot` now. */
  handleOf(slot: number): EventHandle {
    return this.#generations[slot] * SLOT_RANGE + slot;
  }

  /** Takes an event out. False, and nothing happens, when it was popped, cancelled or cleared before. */
  cancel(handle: EventHandle): boolean {
    const slot = slotOf(handle);
    if (slot >= this.#capacity || handle !== this.handleOf(slot)) return false;
    this.#generations[slot]++;
    this.#cancelled[slot] = 1;
    this.#cancelledCount++;
    if (this.#cancelledCount * 2 > this.#used && this.#used > INITIAL_EVENTS) this.#compact();
    return true;
  }

  /** Takes all events out and starts arrivals anew; handles given out before stay invalid. */
  clear(): void {
    this.#settle();
    for (let entry = 0; entry < this.#used; entry++) this.#freeSlot(slotOf(this.#keys[2 * entry + 1]));
    this.#keys.fill(Infinity, 0, 2 * this.#used);
    this.#used = 0;
    this.#cancelledCount = 0;
    this.#arrival = this.#firstArrival;
    if (this.#seed !== undefined) this.#shuffle = seededIntegers(this.#seed);
    this.nowPs = 0;
  }

  /** The pending events in the order in which they will come. */
  pending(): PendingEvent[] {
    return this.#sortedEntries()
      .map(({ atPs, order }) => ({ atPs, priority: priorityOf(order), slot: slotOf(order) }))
      .filter(({ slot }) => this.#cancelled[slot] === 0);
  }

  #nextArrival(): number {
    if (this.#arrival === ARRIVAL_RANGE) this.#renumber();
    return this.#arrival++;
  }

  #settle(): void {
    if (this.#openSlot !== -1) this.#close();
    if (this.#cancelledCount !== 0) this.#dropCancelledTop();
  }

  #close(): void {
    this.#free[this.#freeCount++] = this.#openSlot;
    this.#openSlot = -1;
    const last = 2 * --this.#used;
    const keys = this.#keys;
    const atPs = keys[last];
    keys[last] = Infinity;
    if (last > 0) this.#siftDown(atPs, keys[last + 1]);
  }

  #dropCancelledTop(): void {
    while (this.#used > 0 && this.#cancelled[slotOf(this.#keys[1])] === 1) {
      this.#openSlot = slotOf(this.#keys[1]);
      this.#cancelled[this.#openSlot] = 0;
      this.#cancelledCount--;
      this.#close();
    }
  }

  #freeSlot(slot: number): void {
    if (this.#cancelled[slot] === 1) this.#cancelledCount--;
    else this.#generations[slot]++;
    this.#cancelled[slot] = 0;
    this.#free[this.#freeCount++] = slot;
  }

  #siftUp(entry: number, atPs: Ps, order: number): void {
    const keys = this.#keys;
    let hole = 2 * entry;
    while (hole > 0) {
      const parent = ((hole - 2) >> 2) << 1;
      const parentPs = keys[parent];
      if (atPs > parentPs || (atPs === parentPs && order > keys[parent + 1])) break;
      keys[hole] = parentPs;
      keys[hole + 1] = keys[parent + 1];
      hole = parent;
    }
    keys[hole] = atPs;
    keys[hole + 1] = order;
  }

  // From the root. Free entries hold Infinity, so that the right sibling of the last entry can be compared like any other.
  #siftDown(atPs: Ps, order: number): void {
    const keys = this.#keys;
    const end = 2 * this.#used;
    const fetchEnd = end < FETCH_FROM ? 0 : end;
    let hole = 0;
    for (let left = 2 * hole + 2; left < end; left = 2 * hole + 2) {
      // Reads what is two levels below, both its lines, while the levels between are compared; no instant is that one.
      const below = 4 * left + 6;
      if (below < fetchEnd && (keys[below] === NO_INSTANT || keys[below + 8] === NO_INSTANT)) break;
      const leftPs = keys[left];
      const rightPs = keys[left + 2];
      let child = left + (+(rightPs < leftPs) << 1);
      if (leftPs === rightPs && keys[left + 3] < keys[left + 1]) child = left + 2;
      const childPs = keys[child];
      if (atPs < childPs || (atPs === childPs && order < keys[child + 1])) break;
      keys[hole] = childPs;
      keys[hole + 1] = keys[child + 1];
      hole = child;
    }
    keys[hole] = atPs;
    keys[hole + 1] = order;
  }

  #sortedEntries(): { atPs: Ps; order: number }[] {
    this.#settle();
    const entries = [];
    for (let key = 0; key < 2 * this.#used; key += 2) {
      entries.push({ atPs: this.#keys[key], order: this.#keys[key + 1] });
    }
    return entries.sort((a, b) => a.atPs - b.atPs || a.order - b.order);
  }

  // A sorted array is a heap, so the entries go back as they lie; only the arrivals within their orders change.
  #renumber(): void {
    const entries = this.#sortedEntries();
    entries.forEach(({ atPs, order }, arrival) => {
      this.#keys[2 * arrival] = atPs;
      this.#keys[2 * arrival + 1] = rankOf(priorityOf(order), arrival) + slotOf(order);
    });
    this.#arrival = entries.length;
  }

  #compact(): void {
    const entries = this.#sortedEntries();
    this.#keys.fill(Infinity, 0, 2 * entries.length);
    this.#used = 0;
    for (const { atPs, order } of entries) {
      if (this.#cancelled[slotOf(order)] === 1) this.#freeSlot(slotOf(order));
      else this.#siftUp(this.#used++, atPs, order);
    }
  }

  #grow(): void {
    const capacity = this.#capacity * 2;
    if (capacity > SLOT_RANGE) throw new RangeError(`event queue: more than ${SLOT_RANGE} pending events`);
    this.#keys = copyInto(paddedKeys(capacity), this.#keys);
    this.#words = new Int32Array(this.#keys.buffer);
    this.#free = new Int32Array(capacity);
    this.#generations = copyInto(new Uint32Array(capacity), this.#generations);
    this.#cancelled = copyInto(new Uint8Array(capacity), this.#cancelled);
    this.#addSlots(this.#capacity, capacity);
    this.#capacity = capacity;
  }

  // The lowest new slot comes off the stack first.
  #addSlots(first: number, end: number): void {
    for (let slot = end - 1; slot >= first; slot--) this.#free[this.#freeCount++] = slot;
  }
}

// Entries beyond the capacity: the last entry may be a left child, whose right sibling is read, and what is fetched ahead
// may begin at the last entry.
function paddedKeys(capacity: number): Float64Array<ArrayBuffer> {
  return new Float64Array(2 * (capacity + 5)).fill(Infinity);
}

function copyInto<T extends Float64Array | Uint32Array | Uint8Array>(target: T, source: T): T {
  target.set(source);
  return target;
}

/** An order without its slot. */
function rankOf(priority: number, arrival: number): number {
  return LEAST_ORDER + priority * PRIORITY_STEP + arrival * SLOT_RANGE;
}

function priorityOf(order: number): number {
  return Math.floor((order - LEAST_ORDER) / PRIORITY_STEP);
}

function slotOf(order: number): number {
  return order - Math.floor(order * SLOTS_PER_ONE) * SLOT_RANGE;
}
