import type { Ps } from '../units.ts';
import type { Priority } from './priority.ts';
import type { Simulation } from './simulation.ts';
import { WaitList } from './wait-list.ts';

/** What a process can wait for: a resource, a link port, a signal, another process. */
export interface Waitable {
  readonly name: string;
  /** Called by the process that yielded it. True: the process is parked and `wake` will come; false: it goes on at once. */
  suspend(process: Process): boolean;
}

/** What a process yields: a delay in integer picoseconds, or something to wait for. Neither allocates. */
export type Command = Ps | Waitable;

/** A process reads like the firmware: a generator that yields commands and returns its result. */
export type ProcessBody<T = void> = Generator<Command, T, undefined>;

/** Makes the generator anew, so that a snapshot can be replayed. */
export type ProcessFactory<T = void> = () => ProcessBody<T>;

export type ProcessStatus = 'running' | 'waiting' | 'done' | 'failed';

/** A running generator. Yield it from another process to wait until it is done. */
export class Process<T = unknown> implements Waitable {
  readonly name: string;
  readonly priority: Priority;
  /** What it is parked on, or null. */
  waitingFor: Waitable | null = null;

  // A process waits in one place at a time, so the link, the rank and the amount of that wait live here, unallocated.
  /** For wait lists only. */
  next: Process | null = null;
  /** For wait lists only. */
  rank = 0;
  /** For what it waits on only: slots or bytes asked for. */
  amount = 0;
  /** For the simulation only: place in the list of live processes. */
  index = -1;

  readonly #simulation: Simulation;
  readonly #make: ProcessFactory<T>;
  readonly #joiners = new WaitList();
  #body: ProcessBody<T> | null = null;
  #status: ProcessStatus = 'running';
  #result: T | undefined;

  constructor(simulation: Simulation, make: ProcessFactory<T>, name: string, priority: Priority) {
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

  suspend(process: Process): boolean {
    if (this.#status === 'done') return false;
    this.#joiners.append(process);
    return true;
  }

  /** For the simulation only: from the beginning, also after a rewind. */
  start(): void {
    this.#body = this.#make();
    this.#status = 'running';
    this.#result = undefined;
    this.#joiners.clear();
    this.waitingFor = null;
  }

  /** For the simulation only: runs the generator until it sleeps, parks or ends. */
  resume(): void {
    this.waitingFor = null;
    for (;;) {
      const step = this.#next();
      if (step.done === true) return this.#finish(step.value);
      const command = step.value;
      if (typeof command === 'number') return this.#simulation.sleep(this as Process, command);
      if (command.suspend(this as Process)) {
        this.waitingFor = command;
        return;
      }
    }
  }

  #next(): IteratorResult<Command, T> {
    try {
      return this.#body!.next();
    } catch (error) {
      this.#status = 'failed';
      throw error;
    }
  }

  #finish(result: T): void {
    this.#status = 'done';
    this.#result = result;
    this.#simulation.retire(this as Process);
    while (this.#joiners.first !== null) this.#simulation.wake(this.#joiners.shift());
  }
}
