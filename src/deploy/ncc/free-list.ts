/** A run of bytes or lines, `end` exclusive. */
export interface Block {
  readonly start: number;
  readonly end: number;
}

export interface ArenaOptions {
  /** Free units at the start; a growing arena starts at 0. */
  readonly capacity: number;
  /** Whether it grows at its end where nothing fits. */
  readonly grows: boolean;
  /** Whether blocks are cut from the end, the start, the end, ... in turn, instead of always from the end. */
  readonly alternates: boolean;
}

/**
 * The free list of one memory as ncc 0.1.0-rc5 keeps it (docs/hardware/k210.md#memory-planning); blocks ascend and
 * never touch.
 */
export class Arena {
  readonly #free: Block[];
  #end: number;
  #isCutFromStart = false;
  readonly #grows: boolean;
  readonly #alternates: boolean;

  constructor({ capacity, grows, alternates }: ArenaOptions) {
    this.#end = capacity;
    this.#free = capacity > 0 ? [{ start: 0, end: capacity }] : [];
    this.#grows = grows;
    this.#alternates = alternates;
  }

  get end(): number {
    return this.#end;
  }

  /** The last free block that fits; else a growing arena grows and a fixed one answers undefined. */
  allocate(amount: number): Block | undefined {
    const position = this.#free.findLastIndex((block) => block.end - block.start >= amount);
    if (position >= 0) return this.#cut(position, amount);
    return this.#grows ? this.#extend(amount) : undefined;
  }

  release({ start, end }: Block): void {
    const free = this.#free;
    let at = 0;
    while (at < free.length && free[at].start < start) at++;
    const before = at > 0 && free[at - 1].end === start ? free[at - 1] : undefined;
    const after = at < free.length && free[at].start === end ? free[at] : undefined;
    const merged = { start: before?.start ?? start, end: after?.end ?? end };
    free.splice(before ? at - 1 : at, (before ? 1 : 0) + (after ? 1 : 0), merged);
  }

  /** An exact fit does not count as a turn of the alternation. */
  #cut(position: number, amount: number): Block {
    const { start, end } = this.#free[position];
    if (end - start === amount) {
      this.#free.splice(position, 1);
      return { start, end };
    }
    const fromStart = this.#isCutFromStart;
    this.#isCutFromStart = this.#alternates && !fromStart;
    const taken = fromStart ? { start, end: start + amount } : { start: end - amount, end };
    this.#free[position] = fromStart ? { start: taken.end, end } : { start, end: taken.start };
    return taken;
  }

  #extend(amount: number): Block {
    const last = this.#free.at(-1);
    const start = last?.end === this.#end ? last.start : this.#end;
    if (start !== this.#end) this.#free.pop();
    this.#end = start + amount;
    return { start, end: this.#end };
  }
}
