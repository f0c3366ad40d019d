import type { Ps } from '../../units.ts';

/** Work of the firmware and the script; what the simulator says of a model; sleeping and waiting for devices. */
export type SpentOn = 'overhead' | 'inference' | 'wait';

/** What the run's time went to under one name. */
export interface Spent {
  readonly name: string;
  readonly on: SpentOn;
  readonly calls: number;
  /** Calls, or units of work (bytes, pixels) where the name prices those. */
  readonly count: number;
  readonly ps: Ps;
}

/** A named part of an inference. */
export interface InferencePart {
  readonly name: string;
  readonly ps: Ps;
}

interface Entry {
  readonly on: SpentOn;
  calls: number;
  count: number;
  ps: Ps;
}

/** Where the run's time went, by name. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();

  add(name: string, on: SpentOn, count: number, ps: Ps): void {
    const entry = this.#entries.get(name);
    if (!entry) {
      this.#entries.set(name, { on, calls: 1, count, ps });
      return;
    }
    entry.calls += 1;
    entry.count += count;
    entry.ps += ps;
  }

  /** Time by name so far, to be taken from a later one. */
  snapshot(): ReadonlyMap<string, Ps> {
    return new Map([...this.#entries].map(([name, { ps }]) => [name, ps]));
  }

  /** All names, the dearest first. */
  entries(): Spent[] {
    return [...this.#entries]
      .map(([name, entry]) => ({ name, ...entry }))
      .sort((a, b) => b.ps - a.ps || (a.name < b.name ? -1 : 1));
  }
}
