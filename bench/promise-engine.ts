import { EventQueue } from '../src/engine/event-queue.ts';
import { PRIORITY } from '../src/engine/priority.ts';
import { Simulation } from '../src/engine/simulation.ts';

/**
 * The engine that this project does not have: the same kernel, but processes are async functions that await delays. A
 * resumed process runs in a microtask, so the loop lets it run before it takes the next event.
 */
export class PromiseEngine {
  readonly #simulation = new Simulation();

  get nowPs(): number {
    return this.#simulation.nowPs;
  }

  delay(delayPs: number): Promise<void> {
    return new Promise((resolve) => this.#simulation.schedule(delayPs, resolve));
  }

  async run(): Promise<void> {
    while (this.#simulation.step()) await null;
  }
}

/**
 * As lean as promises get, to be fair to them: the bare queue, no loop, no checks, no callbacks; the process that goes to
 * sleep wakes the next, so that an event costs one microtask. All must be spawned before the first `pause` ends.
 */
export class LeanPromiseEngine {
  readonly #queue = new EventQueue();
  readonly #resolvers: (() => void)[] = [];
  #running = 1;
  #end = (): void => {};
  readonly #ended = new Promise<void>((resolve) => (this.#end = resolve));

  get nowPs(): number {
    return this.#queue.nowPs;
  }

  spawn(body: () => Promise<void>): void {
    this.#running++;
    void body().then(() => this.#pause());
  }

  delay(delayPs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#resolvers[this.#queue.push(delayPs, PRIORITY.normal)] = resolve;
      this.#pause();
    });
  }

  run(): Promise<void> {
    this.#pause();
    return this.#ended;
  }

  #pause(): void {
    if (--this.#running > 0) return;
    const slot = this.#queue.pop(Infinity);
    if (slot === -1) return this.#end();
    this.#running = 1;
    this.#resolvers[slot]();
  }
}
