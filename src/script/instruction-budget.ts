import type { LuaLimits } from './limits.ts';

const BYTES_PER_INSTRUCTION = 8;

/** What a call into Lua may still use; between calls there are no limits. */
export class Budget {
  readonly limits: LuaLimits;
  #left = Infinity;
  #memoryBytes = 0;
  #isLimited = false;
  #wasSpent = false;

  constructor(limits: LuaLimits) {
    this.limits = limits;
  }

  /** True while a call is under way. */
  get isLimited(): boolean {
    return this.#isLimited;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** Whether the last call used all that it had. */
  get wasSpent(): boolean {
    return this.#wasSpent;
  }

  begin(): void {
    this.#isLimited = true;
    this.#left = this.limits.instructions;
  }

  end(): void {
    this.#isLimited = false;
    this.#wasSpent = this.isSpent;
    this.#left = Infinity;
  }

  /** True where these instructions are those that spend the last of it. */
  spend(instructions: number): boolean {
    const before = this.#left;
    this.#left -= instructions;
    return this.#left <= 0 && before > 0;
  }

  /** What bytes that are touched once cost. */
  instructionsOf(bytes: number): number {
    return bytes / BYTES_PER_INSTRUCTION;
  }

  /** Whether so many bytes more are too many, or too many for one string. */
  exceeds(bytes: number, isString: boolean): boolean {
    if (!this.#isLimited) return false;
    const { memoryBytes, stringBytes } = this.limits;
    return this.#memoryBytes + bytes > memoryBytes || (isString && bytes > stringBytes);
  }

  /** Bytes that are taken, or given back where they are below 0. */
  take(bytes: number): void {
    this.#memoryBytes += bytes;
  }
}
