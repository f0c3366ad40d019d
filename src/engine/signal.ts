import type { Waitable, Waiter } from './waiting.ts';
import type { Part } from './model-part.ts';
import type { Simulation } from './simulation.ts';
import { WaitList } from './wait-list.ts';

/** A condition that processes wait for, `yield signal`: an interrupt line, a frame that is ready, "done". */
export class Signal implements Waitable, Part {
  readonly name: string;
  readonly #simulation: Simulation;
  readonly #waiters = new WaitList();
  #isSet = false;

  constructor(simulation: Simulation, name: string) {
    this.#simulation = simulation;
    this.name = name;
    simulation.register(this);
  }

  get isSet(): boolean {
    return this.#isSet;
  }

  get waiting(): number {
    return this.#waiters.length;
  }

  /** Wakes all who wait; until `unset`, whoever yields the signal goes on at once. */
  set(): void {
    this.#isSet = true;
    this.pulse();
  }

  unset(): void {
    this.#isSet = false;
  }

  /** Wakes all who wait now, in order of arrival, and is not remembered. */
  pulse(): void {
    while (this.#waiters.first !== null) this.#simulation.wake(this.#waiters.shift());
  }

  suspend(process: Waiter): boolean {
    if (this.#isSet) return false;
    this.#waiters.append(process);
    return true;
  }

  reset(): void {
    this.#waiters.clear();
    this.#isSet = false;
  }

  describe(): unknown {
    return { isSet: this.#isSet, waiting: this.#waiters.names() };
  }
}
