import type { Priority } from './priority.ts';
import { WaitList } from './wait-list.ts';
import type {
  Command,
  ProcessBody,
  ProcessFactory,
  ProcessStatus,
  Scheduler,
  Waitable,
  Waiter,
} from './waiting.ts';

// Each generator function has a prototype of its own, so `body.next` is a slow lookup where many kinds of process meet.
const nextOf = Object.getPrototypeOf(function* () {}).prototype.next as () => unknown;

/** A running generator. Yield it from another process to wait until it is done. */
export class Process<T = unknown> implements Waitable, Waiter {
  // The fields that every event touches come first, so that they share a cache line.
  #body: ProcessBody<T> | null = null;
  readonly priority: Priority;
  /** What it is parked on, or null. */
  waitingFor: Waitable | null = null;
  readonly name: string;

  // A process waits in one place at a time, so the link, the rank and the amount of that wait live here, unallocated.
  next: Waiter | null = null;
  rank = 0;
  amount = 0;
  index = -1;

  readonly #simulation: Scheduler;
  readonly #make: ProcessFactory<T>;
  #joiners: WaitList | null = null;
  #status: ProcessStatus = 'running';
  #result: T | undefined;

  constructor(simulation: Scheduler, make: ProcessFactory<T>, name: string, priority: Priority) {
    this.#simulation = simulation;
    this.#make = make;
    this.name = name;
    this.priority = priority;
  }

  get status(): ProcessStatus {
    return this.waitingFor === null ? this.#status : 'waiting';
  }

  /** What the generator returned. Throws an Error before the process is done. */
  get result(): T {
    if (this.#status !== 'done')
      throw new Error(`process "${this.name}" has no result: it is ${this.status}`);
    return this.#result as T;
  }

  suspend(process: Waiter): boolean {
    if (this.#status === 'done') return false;
    if (process === this) throw new Error(`process "${this.name}" waits for itself`);
    this.#joiners ??= new WaitList();
    this.#joiners.append(process);
    return true;
  }

  /** For the simulation only: from the beginning, also after a rewind. */
  start(): void {
    this.#body = this.#make();
    this.#status = 'running';
    this.#result = undefined;
    this.#joiners = null;
    this.waitingFor = null;
  }

  /** For the simulation only: runs the generator until it sleeps, waits or is done. */
  advance(): void {
    if (this.waitingFor !== null) this.waitingFor = null;
    for (;;) {
      const step = this.#next();
      if (step.done === true) return this.#finish(step.value);
      const command = step.value;
      if (typeof command === 'number') return this.#simulation.sleep(this, command);
      if (command.suspend(this)) {
        this.waitingFor = command;
        return;
      }
    }
  }

  #next(): IteratorResult<Command, T> {
    try {
      return nextOf.call(this.#body) as IteratorResult<Command, T>;
    } catch (error) {
      this.#status = 'failed';
      throw error;
    }
  }

  #finish(result: T): void {
    this.#status = 'done';
    this.#result = result;
    this.#simulation.retire(this);
    const joiners = this.#joiners;
    while (joiners !== null && joiners.first !== null) this.#simulation.wake(joiners.shift());
  }
}
