import type { Ps } from '../units.ts';
import type { Priority } from './priority.ts';

export type ProcessStatus = 'running' | 'waiting' | 'done' | 'failed';

/** A process as those see it on whom it waits: the simulation, wait lists, resources, links, signals. */
export interface Waiter {
  readonly name: string;
  readonly priority: Priority;
  readonly status: ProcessStatus;
  /** What it is parked on, or null. */
  waitingFor: Waitable | null;
  /** For wait lists only. */
  next: Waiter | null;
  /** For wait lists only. */
  rank: number;
  /** For what it waits on only: slots or bytes asked for. */
  amount: number;
  /** For the simulation only: place in the list of live processes. */
  index: number;
  /** For the simulation only: runs until it sleeps, waits or is done. */
  advance(): void;
}

/** What a process can wait for: a resource, a link port, a signal, another process. */
export interface Waitable {
  readonly name: string;
  /** Called with the process that yielded it. True: parked until `simulation.wake`; false: it goes on at once. */
  suspend(process: Waiter): boolean;
}

/** What a process yields: a delay in integer picoseconds, or something to wait for. Neither allocates. */
export type Command = Ps | Waitable;

/** A process reads like the firmware: a generator that yields commands and returns its result. */
export type ProcessBody<T = void> = Generator<Command, T, undefined>;

/** Makes the generator anew, so that a snapshot can be replayed. */
export type ProcessFactory<T = void> = () => ProcessBody<T>;

/** What a process asks of its simulation. */
export interface Scheduler {
  /** Resumes a process after a delay. Throws a RangeError unless that is a whole, non-negative number of picoseconds. */
  sleep(process: Waiter, delayPs: Ps): void;
  /** Resumes a parked process at the present instant, after what is already there. */
  wake(process: Waiter): void;
  /** Forgets one that is done. */
  retire(process: Waiter): void;
}
