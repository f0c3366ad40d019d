import { PRIORITY, type Priority } from './priority.ts';
import type { Waitable, Waiter } from './waiting.ts';
import type { Part } from './model-part.ts';
import type { Simulation } from './simulation.ts';
import { UsageMeter, type Usage } from './usage-meter.ts';
import { WaitList } from './wait-list.ts';

/**
 * Slots that processes take and give back: a core, the KPU, DMA channels. Waiters are served by priority, then in
 * order of arrival; nobody overtakes a waiter that asks for more slots than are free.
 */
export class Resource implements Waitable, Part {
  readonly name: string;
  readonly slots: number;
  readonly #simulation: Simulation;
  readonly #waiters = new WaitList();
  readonly #meter: UsageMeter;
  #taken = 0;
  #grants = 0;
  // What acquire asked for, until the yield that must follow.
  #askedSlots = 0;
  #askedPriority: Priority = PRIORITY.normal;

  constructor(simulation: Simulation, name: string, slots = 1) {
    if (!Number.isInteger(slots) || slots < 1)
      throw new RangeError(`resource "${name}": expected 1 slot or more, got ${slots}`);
    this.#simulation = simulation;
    this.name = name;
    this.slots = slots;
    this.#meter = new UsageMeter(slots);
    simulation.register(this);
  }

  get taken(): number {
    return this.#taken;
  }

  get waiting(): number {
    return this.#waiters.length;
  }

  /** Slots granted so far, counted by acquisition. */
  get grants(): number {
    return this.#grants;
  }

  /**
   * To be yielded at once: `yield resource.acquire()`. The process goes on when it holds the slots, without an event
   * if they are free. Throws a RangeError for more slots than there are, an Error when the last one was not yielded.
   */
  acquire(slots = 1, priority: Priority = PRIORITY.normal): this {
    if (this.#askedSlots !== 0) throw new Error(`resource "${this.name}": acquire() without yield`);
    if (!Number.isInteger(slots) || slots < 1 || slots > this.slots) {
      throw new RangeError(`resource "${this.name}": asked for ${slots} of ${this.slots} slots`);
    }
    this.#askedSlots = slots;
    this.#askedPriority = priority;
    return this;
  }

  /** Takes slots if they are free now and nobody waits: for interrupt handlers and other callbacks. */
  tryAcquire(slots = 1): boolean {
    if (this.#waiters.first !== null || this.#taken + slots > this.slots) return false;
    this.#take(slots);
    return true;
  }

  /** Gives slots back; waiters resume at this instant, in later events. Throws an Error beyond what is taken. */
  release(slots = 1): void {
    if (!(slots >= 1 && slots <= this.#taken)) {
      throw new Error(`resource "${this.name}": release of ${slots}, but ${this.#taken} slots are taken`);
    }
    this.#taken -= slots;
    this.#grantWaiters();
  }

  suspend(process: Waiter): boolean {
    const slots = this.#askedSlots;
    if (slots === 0) throw new Error(`resource "${this.name}": yield resource.acquire(), not the resource`);
    this.#askedSlots = 0;
    if (this.tryAcquire(slots)) return false;
    process.amount = slots;
    this.#waiters.insert(process, this.#askedPriority);
    this.#grantWaiters();
    return true;
  }

  usage(): Usage {
    return this.#meter.read(this.#simulation.nowPs);
  }

  reset(): void {
    this.#waiters.clear();
    this.#meter.reset();
    this.#taken = this.#grants = this.#askedSlots = 0;
  }

  describe(): unknown {
    return { taken: this.#taken, grants: this.#grants, waiting: this.#waiters.names(), usage: this.usage() };
  }

  #take(slots: number): void {
    this.#taken += slots;
    this.#grants++;
    this.#meter.set(this.#simulation.nowPs, this.#taken, this.#waiters.length);
  }

  #grantWaiters(): void {
    const waiters = this.#waiters;
    while (waiters.first !== null && this.#taken + waiters.first.amount <= this.slots) {
      const process = waiters.shift();
      this.#take(process.amount);
      this.#simulation.wake(process);
    }
    this.#meter.set(this.#simulation.nowPs, this.#taken, waiters.length);
  }
}
