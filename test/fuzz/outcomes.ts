/** What of a message stays the same when its names and numbers are others. */
export const kindOf = (message: string): string =>
  message
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/g, '#')
    .slice(0, 120);

/** How inputs were answered, so that a fuzzer which never comes behind the first check is seen to be one. */
export interface Outcomes {
  readonly tried: number;
  readonly read: number;
  /** Different answers, refusals most of them. */
  readonly kinds: number;
  /** Inputs that had the most frequent refusal. */
  readonly mostRefused: number;
}

export const NO_OUTCOMES: Outcomes = { tried: 0, read: 0, kinds: 0, mostRefused: 0 };

/** Counts answers by their kind. */
export class Tally {
  readonly #refusals = new Map<string, number>();
  readonly #readings = new Set<string>();
  #read = 0;

  /** Adds an answer: what `run` gave, or a refusal. Whether it is the first of its kind. */
  add(said: string, isRead: boolean): boolean {
    const kind = kindOf(said);
    if (isRead) {
      this.#read++;
      const isNew = !this.#readings.has(kind);
      this.#readings.add(kind);
      return isNew;
    }
    const before = this.#refusals.get(kind) ?? 0;
    this.#refusals.set(kind, before + 1);
    return before === 0;
  }

  outcomes(): Outcomes {
    const counts = [...this.#refusals.values()];
    const refused = counts.reduce((sum, count) => sum + count, 0);
    return {
      ...{ tried: this.#read + refused, read: this.#read, kinds: this.#readings.size + counts.length },
      mostRefused: Math.max(0, ...counts),
    };
  }
}
