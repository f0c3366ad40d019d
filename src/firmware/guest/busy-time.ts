/** What `process.cpuUsage()` gives: µs of all threads of the process. */
export interface ProcessorTime {
  readonly user: number;
  readonly system: number;
}

const US_PER_MS = 1000;

const totalUs = ({ user, system }: ProcessorTime): number => user + system;

/**
 * How long a thread of this process can have worked between two looks at it: at most the time that passed, and at most the
 * processor time that the process got. So a guard that counts it gives a thread the same time on a busy machine.
 */
export class BusyTime {
  readonly #read: () => ProcessorTime;
  #usedUs: number;

  constructor(read: () => ProcessorTime = () => process.cpuUsage()) {
    this.#read = read;
    this.#usedUs = totalUs(read());
  }

  /** Since the last look, of which `passedMs` have passed. */
  lookMs(passedMs: number): number {
    const before = this.#usedUs;
    this.#usedUs = totalUs(this.#read());
    return Math.min(passedMs, (this.#usedUs - before) / US_PER_MS);
  }
}
