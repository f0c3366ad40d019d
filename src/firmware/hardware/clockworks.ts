import type { Ps } from '../../units.ts';

/** A part of the board that does something at instants of its own, whatever the script does: a timer, a PWM channel. */
export interface Clockwork {
  /** When it does something next; Infinity while it stands still. */
  readonly nextPs: Ps;
  /** Whether that may interrupt the script, and not only move a pin. */
  readonly interrupts: boolean;
  /**
   * Does it, at `nextPs`, which lies later afterwards. What it does before the instant that `freeUntilPs` gives meets nothing
   * else, so that it may do that too, all at once.
   */
  happen(freeUntilPs?: () => Ps): void;
}

/** The board's clockworks. Of two at one instant that which was added first comes first. */
export class Clockworks {
  readonly #all: Clockwork[] = [];

  add(clockwork: Clockwork): void {
    this.#all.push(clockwork);
  }

  /** The one that is next; undefined while all stand still. */
  next(): Clockwork | undefined {
    let first: Clockwork | undefined;
    for (const one of this.#all) if (one.nextPs < (first?.nextPs ?? Infinity)) first = one;
    return first;
  }

  /** When a clockwork may interrupt the script next; Infinity where none will. */
  get nextInterruptPs(): Ps {
    return this.nextInterruptBesides(undefined);
  }

  /** The same without one of them. */
  nextInterruptBesides(besides: Clockwork | undefined): Ps {
    let nextPs = Infinity;
    for (const one of this.#all) if (one.interrupts && one !== besides) nextPs = Math.min(nextPs, one.nextPs);
    return nextPs;
  }
}
