/** Batches that are still to be handed out, in their order. */
export class Upcoming {
  readonly #batches: Iterator<number>;
  readonly #reserve: number;
  readonly #next: number[] = [];

  /** `reserve` batches are kept for those who have nothing to do when the end is near. */
  constructor(batches: Iterable<number>, reserve: number) {
    this.#batches = batches[Symbol.iterator]();
    this.#reserve = reserve;
  }

  /** The next batch; undefined when all are handed out. */
  take(): number | undefined {
    this.#look(1);
    return this.#next.shift();
  }

  /** The next batch for somebody who is busy yet; undefined when only the reserve is left. */
  takeAhead(): number | undefined {
    this.#look(this.#reserve + 1);
    return this.#next.length > this.#reserve ? this.#next.shift() : undefined;
  }

  #look(ahead: number): void {
    while (this.#next.length < ahead) {
      const { done, value } = this.#batches.next();
      if (done) return;
      this.#next.push(value);
    }
  }
}
