/**
 * How a firmware calls a script's function for an interrupt: `scheduled` between two bytecodes, which is behind the C call
 * that runs (`mp_sched_schedule`), or `immediate`, in the middle of it.
 */
export type InterruptKind = 'scheduled' | 'immediate';

/** Functions that may wait: MICROPY_SCHEDULER_DEPTH in mpconfigport.h of MaixPy 0.5 and of OpenMV's STM32 port. */
const SCHEDULER_DEPTH = 8;

/** What a function that was called for an interrupt did wrong; the script went on, as on the board. */
export interface InterruptFailure {
  /** Its last line: the exception's class and message. */
  readonly what: string;
  /** The innermost line of the script. */
  readonly line: number | undefined;
  times: number;
}

/**
 * Interrupts of the board on their way to functions of the script, which are known by numbers. One function runs at a time:
 * what comes meanwhile waits, and what finds the queue full is lost, as in the firmware.
 */
export class Interrupts {
  readonly #scheduled: number[] = [];
  readonly #immediate: number[] = [];
  readonly failures: InterruptFailure[] = [];
  #lost = 0;
  #isRunning = false;
  /** Calls the script's function; set by who runs the script. */
  onCall: ((handler: number) => void) | undefined;

  /** Interrupts that found the queue full. */
  get lost(): number {
    return this.#lost;
  }

  /** Whether functions wait for the next bytecode. */
  get areWaiting(): boolean {
    return this.#scheduled.length > 0;
  }

  /** Returns whether it changed anything: where not, the same again would not either before something else happens. */
  raise(handler: number, kind: InterruptKind): boolean {
    if (kind === 'immediate') {
      // A flag of the chip is set or not: an interrupt that waits already does not wait twice.
      const isWaiting = this.#immediate.includes(handler);
      if (!isWaiting) this.#immediate.push(handler);
      if (!this.#isRunning) this.#callAll(this.#immediate);
      return !(isWaiting && this.#isRunning);
    }
    if (this.#scheduled.length < SCHEDULER_DEPTH) return this.#scheduled.push(handler) > 0;
    this.lose(1);
    return false;
  }

  /** An immediate one that waits is called no more. */
  cancel(handler: number): void {
    const at = this.#immediate.indexOf(handler);
    if (at >= 0) this.#immediate.splice(at, 1);
  }

  /** So many more find the queue full. */
  lose(interrupts: number): void {
    this.#lost += interrupts;
  }

  /** Calls what waits by now; what comes meanwhile waits for the next bytecode of the script. */
  callWaiting(): void {
    if (!this.#isRunning && this.areWaiting) this.#callAll(this.#scheduled.splice(0));
  }

  /** Keeps what a function did wrong; the same again is counted. */
  fail(what: string, line: number | undefined): void {
    const known = this.failures.find((one) => one.what === what && one.line === line);
    if (known) known.times += 1;
    else this.failures.push({ what, line, times: 1 });
  }

  #callAll(handlers: number[]): void {
    this.#isRunning = true;
    try {
      for (let handler = handlers.shift(); handler !== undefined; handler = handlers.shift())
        this.onCall?.(handler);
    } finally {
      this.#isRunning = false;
    }
  }
}
