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
  /** What runs, while nothing runs: reading a global of the module costs as much as a short call. */
  #held: number | undefined;
  /** As the globals have them. */
  #limit: number;
  #due: number;

  constructor(globals: CounterGlobals) {
    this.#globals = globals;
    this.#limit = globals.limit.value as number;
    this.#due = globals.due.value as number;
  }

  bytecodes(): number {
    return this.#ran() + this.#skipped;
  }

  /** Nothing runs until `release`. Returns how many may run then before the guest looks up. */
  hold(): number {
    this.#held = this.#globals.count.value as number;
    return (this.#globals.check.value as number) - this.#held;
  }

  release(): void {
    this.#held = undefined;
  }

  /** Counts bytecodes that did not run. Limits stay where they were by what runs: set them again. */
  skip(bytecodes: number): void {
    this.#skipped += bytecodes;
  }

  setLimit(bytecodes: number): void {
    const now = this.bytecodes();
    this.#set(this.#ahead(bytecodes, now), this.#due, now);
  }

  setDue(bytecodes: number): void {
    const now = this.bytecodes();
    this.#set(this.#limit, this.#ahead(bytecodes, now), now);
  }

  /** Both at once, as of when the count was `now`: from there the next heartbeat is counted. */
  setBounds(limit: number, due: number, now: number): void {
    this.#set(this.#ahead(limit, now), this.#ahead(due, now), now);
  }

  #ran(): number {
    return this.#held ?? (this.#globals.count.value as number);
  }

  /** A count that is not past, in bytecodes that run. */
  #ahead(bytecodes: number, now: number): number {
    return Math.max(Math.ceil(bytecodes), now + 1) - this.#skipped;
  }

  #set(limit: number, due: number, now: number): void {
    if (limit !== this.#limit) this.#globals.limit.value = this.#limit = limit;
    if (due !== this.#due) this.#globals.due.value = this.#due = due;
    const next = limit === Infinity ? Infinity : now - this.#skipped + BEAT_BYTECODES;
    this.#globals.check.value = Math.min(limit, due, next);
  }
}
