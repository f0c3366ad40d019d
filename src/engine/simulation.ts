import type { Ps } from '../units.ts';
import { EventQueue, type EventHandle } from './event-queue.ts';
import { CornerDelay, ClockCorners } from './clock-corners.ts';
import type { Part } from './model-part.ts';
import { PRIORITY, type Priority } from './priority.ts';
import { Process } from './process.ts';
import { Journal, type Snapshot } from './replay.ts';
import type { Trace } from './trace.ts';
import type { ProcessFactory, Scheduler, Waiter } from './waiting.ts';
import { LAST_PS, wholePs } from './whole-ps.ts';

export interface SimulationOptions {
  readonly trace?: Trace | null;
  /** Debug mode: events of equal instant and priority run in an order drawn from this seed. Results must not change. */
  readonly shuffleTies?: number | undefined;
  /** Keeps a journal of what is scheduled and spawned from outside, which `snapshot` and `restore` need. */
  readonly replay?: boolean;
  /** Runs so many in lockstep, see `ClockCorners`; whatever is not an instant (usage, trace) is the first corner's. */
  readonly corners?: number | undefined;
}

export interface SpawnOptions {
  readonly name?: string;
  /** Of every event that resumes the process. */
  readonly priority?: Priority;
}

/**
 * A discrete-event simulation in integer picoseconds. Events run in the order (instant, priority, arrival); what an
 * event schedules at its own instant runs after what was already there.
 */
export class Simulation implements Scheduler {
  readonly trace: Trace | null;
  /** Instants by corner; null without the option `corners`. */
  readonly corners: ClockCorners | null;
  readonly #shuffleTies: number | undefined;
  readonly #journal: Journal | null;
  readonly #parts: Part[] = [];
  readonly #live: Waiter[] = [];
  readonly #targets: ((() => void) | Waiter)[] = [];
  #queue: EventQueue;
  #events = 0;
  #inEvent = false;

  /** Throws a RangeError for a number of corners that cannot be, an Error for corners with `replay`. */
  constructor({ trace = null, shuffleTies, replay = false, corners }: SimulationOptions = {}) {
    if (replay && corners !== undefined) throw new Error('a lockstep simulation cannot be replayed');
    this.trace = trace;
    this.corners = corners === undefined ? null : new ClockCorners(corners);
    this.#shuffleTies = shuffleTies;
    this.#queue = new EventQueue({ shuffleTies });
    this.#journal = replay ? new Journal() : null;
  }

  get nowPs(): Ps {
    return this.#queue.nowPs;
  }

  /** Events run since construction or `reset`. */
  get events(): number {
    return this.#events;
  }

  /** Events still to come. */
  get pendingEvents(): number {
    return this.#queue.length;
  }

  /** Processes that wait for something other than a delay; after a full `run` these are deadlocked. */
  get parked(): readonly Waiter[] {
    return this.#live.filter((process) => process.waitingFor !== null);
  }

  /**
   * Runs `callback` once, `delayPs` from now. The handle is for `cancel` and is void after `reset`.
   * Throws a RangeError unless the delay is a whole, non-negative number of picoseconds.
   */
  schedule(delayPs: Ps, callback: () => void, priority: Priority = PRIORITY.normal): EventHandle {
    wholePs(delayPs, 'delay');
    if (this.#journal !== null) this.#noteSchedule(delayPs, callback, priority);
    return this.#queue.handleOf(this.#push(delayPs, callback, priority));
  }

  /** False when the event has run or was cancelled before. */
  cancel(handle: EventHandle): boolean {
    if (this.#journal !== null) this.#noteCancel(handle);
    return this.#queue.cancel(handle);
  }

  /** A delay of each corner's own. Throws an Error without the option `corners`. */
  cornerDelay(): CornerDelay {
    if (this.corners === null) throw new Error('cornerDelay needs new Simulation({ corners })');
    return new CornerDelay(this.corners.count, this.#sleepByCorner);
  }

  /** Starts a process at the present instant. `make` is called anew when a snapshot is restored. */
  spawn<T>(make: ProcessFactory<T>, options: SpawnOptions = {}): Process<T> {
    const process = new Process<T>(
      this,
      make,
      options.name ?? 'process',
      options.priority ?? PRIORITY.normal,
    );
    if (this.#journal !== null) this.#noteSpawn(process);
    this.#start(process);
    return process;
  }

  /**
   * Runs all events up to and including `untilPs`, or until none is left, and returns the present instant. Throws a
   * RangeError at an event beyond 2^53 ps.
   */
  run(untilPs: Ps = Infinity): Ps {
    if (untilPs !== Infinity) wholePs(untilPs, 'run: untilPs');
    this.#enter();
    try {
      this.#drain(Math.min(untilPs, LAST_PS));
    } finally {
      this.#inEvent = false;
    }
    if (untilPs === Infinity) this.#refuseRest();
    else if (untilPs > this.nowPs) this.#queue.nowPs = untilPs;
    return this.#queue.nowPs;
  }

  /** Runs one event; false when none is left. */
  step(): boolean {
    this.#enter();
    try {
      const slot = this.#queue.pop(LAST_PS);
      if (slot !== -1) this.#runEvent(slot);
      else this.#refuseRest();
      return slot !== -1;
    } finally {
      this.#inEvent = false;
    }
  }

  /** Back to instant 0 with all parts as built and no process: the same model runs again without building it. */
  reset(): void {
    this.#journal?.clear();
    this.#rewind();
  }

  /** Adds a part to what `reset` and `snapshot` cover. Throws an Error once events have run. */
  register(part: Part): void {
    if (this.#events > 0) throw new Error(`"${part.name}": build all parts before the first event`);
    this.#parts.push(part);
  }

  /** An object of the model's own state that `reset` and `snapshot` cover; `initial` makes it anew. */
  state<T extends object>(name: string, initial: () => T): T {
    const value = initial();
    this.register({ name, reset: () => Object.assign(value, initial()), describe: () => value });
    return value;
  }

  /** The point reached, for `restore`. Throws an Error inside an event or without the option `replay`. */
  snapshot(): Snapshot {
    if (this.#inEvent) throw new Error('snapshot: not inside an event');
    const { nowPs, events } = this;
    return { nowPs, events, journalLength: this.#journalOrThrow().length, fingerprint: this.#fingerprint() };
  }

  /**
   * Goes back (or forward) to a snapshot of this simulation. Generators cannot be copied, so the run is repeated from
   * its start, with what was scheduled and spawned from outside repeated at the same places; the cost is that of the
   * events before the snapshot. Queue, parts, named state and trace are then compared with the snapshot: an Error says
   * that the model is not deterministic, or was changed from outside an event by other means than schedule, spawn and
   * cancel. Processes spawned and handles got from outside stay good.
   */
  restore(snapshot: Snapshot): void {
    const journal = this.#journalOrThrow();
    this.#rewind();
    journal.replay(snapshot, (events, nowPs) => this.#runTo(events, nowPs));
    if (this.#fingerprint() !== snapshot.fingerprint) {
      throw new Error(
        `restore: the replay of ${snapshot.events} events came out different; is the model deterministic?`,
      );
    }
  }

  /** For processes only: resumes one after a delay. Throws a RangeError unless it is whole and not negative. */
  sleep(process: Waiter, delayPs: Ps): void {
    this.#push(delayPs, process, process.priority);
  }

  /** For parts only: resumes a parked process at the present instant, after what is already there. */
  wake(process: Waiter): void {
    this.#push(0, process, process.priority);
  }

  /** For processes only: forgets one that is done. */
  retire(process: Waiter): void {
    const last = this.#live.pop()!;
    if (last.index === process.index) return;
    this.#live[process.index] = last;
    last.index = process.index;
  }

  #push(delayPs: Ps, target: (() => void) | Waiter, priority: Priority): number {
    const slot = this.#enqueue(delayPs, target, priority);
    if (this.corners !== null) this.corners.after(slot, delayPs);
    return slot;
  }

  readonly #sleepByCorner = (process: Waiter, spansPs: Float64Array): void => {
    const slot = this.#enqueue(spansPs[0], process, process.priority);
    this.corners!.afterEach(slot, spansPs);
  };

  #enqueue(delayPs: Ps, target: (() => void) | Waiter, priority: Priority): number {
    if (!(delayPs >= 0) || Math.floor(delayPs) !== delayPs) wholePs(delayPs, 'delay');
    const slot = this.#queue.push(delayPs, priority);
    // A sleeping process mostly gets the slot that it has just left.
    if (this.#targets[slot] !== target) this.#targets[slot] = target;
    return slot;
  }

  // Without the try of its caller, and with events that end in `sleep`, V8 compiles this and `advance` apart in nearly
  // every run: ten timers make 9 to 12 M events/s, where 7.5 to 12 hung on what it happened to inline first.
  #drain(untilPs: Ps): void {
    const queue = this.#queue;
    for (;;) {
      const slot = queue.pop(untilPs);
      if (slot === -1) return;
      this.#runEvent(slot);
    }
  }

  // What lies beyond the last instant is found here and not when it is scheduled: no event pays for the comparison.
  #refuseRest(): void {
    if (this.#queue.length > 0) wholePs(this.#queue.peekPs(), 'instant of an event');
  }

  #runEvent(slot: number): void {
    if (this.corners !== null) this.corners.enter(slot);
    this.#events++;
    const target = this.#targets[slot];
    if (typeof target === 'function') target();
    else target.advance();
  }

  #start<T>(process: Process<T>): void {
    process.start();
    process.index = this.#live.push(process) - 1;
    this.wake(process);
  }

  #enter(): void {
    if (this.#inEvent) throw new Error('run and step: not inside an event');
    this.#inEvent = true;
  }

  #rewind(): void {
    if (this.#inEvent) throw new Error('reset and restore: not inside an event');
    // Handles are the same numbers in a replay only when slots and generations start anew.
    if (this.#journal === null) this.#queue.clear();
    else this.#queue = new EventQueue({ shuffleTies: this.#shuffleTies });
    this.#events = 0;
    if (this.#live.length > 0) this.#live.length = 0;
    this.corners?.reset();
    for (const part of this.#parts) part.reset();
    this.trace?.clear();
  }

  #runTo(events: number, nowPs: Ps): void {
    while (this.#events < events && this.step());
    this.#queue.nowPs = nowPs;
  }

  #fingerprint(): string {
    const queue = this.#queue.pending();
    const parts = this.#parts.map((part) => [part.name, part.describe()]);
    return JSON.stringify({ queue, parts, trace: this.trace?.checksum() ?? null });
  }

  #journalOrThrow(): Journal {
    if (this.#journal === null) throw new Error('snapshot and restore need new Simulation({ replay: true })');
    return this.#journal;
  }

  // Each note has a method of its own, so that the hot path makes no closure.
  #noteSchedule(delayPs: Ps, callback: () => void, priority: Priority): void {
    this.#note(() => this.#push(delayPs, callback, priority));
  }

  #noteCancel(handle: EventHandle): void {
    this.#note(() => this.#queue.cancel(handle));
  }

  #noteSpawn<T>(process: Process<T>): void {
    this.#note(() => this.#start(process));
  }

  #note(again: () => void): void {
    if (!this.#inEvent) this.#journalOrThrow().note({ events: this.#events, nowPs: this.nowPs, again });
  }
}
