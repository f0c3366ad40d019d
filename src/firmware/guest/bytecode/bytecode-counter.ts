import { BEAT_BYTECODES } from './instrument.ts';

/** Globals of the module that `instrumentWasm` adds. */
export interface CounterGlobals {
  readonly count: WebAssembly.Global;
  readonly limit: WebAssembly.Global;
  readonly check: WebAssembly.Global;
  readonly due: WebAssembly.Global;
}

/**
 * Bytecodes that a guest has run, and when it looks up. Some may be counted that it did not run (`skip`): all counts here
 * are with those.
 */
export class BytecodeCounter {
  readonly #globals: CounterGlobals;
  #skipped = 0;

  constructor(globals: CounterGlobals) {
    this.#globals = globals;
  }

  bytecodes(): number {
    return (this.#globals.count.value as number) + this.#skipped;
  }

  /** How many more may run before the guest looks up. */
  untilCheck(): number {
    return (this.#globals.check.value as number) - (this.#globals.count.value as number);
  }

  /** Counts bytecodes that did not run. Limits stay where they were by what runs: set them again. */
  skip(bytecodes: number): void {
    this.#skipped += bytecodes;
  }

  setLimit(bytecodes: number): void {
    const { limit, due } = this.#globals;
    limit.value = this.#ahead(bytecodes, this.bytecodes());
    this.#aim(limit.value as number, due.value as number, this.bytecodes());
  }

  setDue(bytecodes: number): void {
    const { limit, due } = this.#globals;
    due.value = this.#ahead(bytecodes, this.bytecodes());
    this.#aim(limit.value as number, due.value as number, this.bytecodes());
  }

  /** Both at once, as of when the count was `now`: from there the next heartbeat is counted. */
  setBounds(limit: number, due: number, now: number): void {
    const [limitAt, dueAt] = [this.#ahead(limit, now), this.#ahead(due, now)];
    this.#globals.limit.value = limitAt;
    this.#globals.due.value = dueAt;
    this.#aim(limitAt, dueAt, now);
  }

  /** A count that is not past, in bytecodes that run. */
  #ahead(bytecodes: number, now: number): number {
    return Math.max(Math.ceil(bytecodes), now + 1) - this.#skipped;
  }

  #aim(limit: number, due: number, now: number): void {
    const next = limit === Infinity ? Infinity : now - this.#skipped + BEAT_BYTECODES;
    this.#globals.check.value = Math.min(limit, due, next);
  }
}
