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
  readonly name: string;
  readonly on: SpentOn;
  calls: number;
  count: number;
  ps: Ps;
}

/** Where the run's time went, by name. Names have places, in order of first use. */
export class Ledger {
  readonly #byName = new Map<string, Entry>();
  readonly #entries: Entry[] = [];

  add(name: string, on: SpentOn, count: number, ps: Ps): void {
    let entry = this.#byName.get(name);
    if (!entry) {
      entry = { name, on, calls: 0, count: 0, ps: 0 };
      this.#byName.set(name, entry);
      this.#entries.push(entry);
    }
    entry.calls += 1;
    entry.count += count;
    entry.ps += ps;
  }

  /** How many names there are. */
  get length(): number {
    return this.#entries.length;
  }

  /** Time so far of the name at a place. */
  psAt(place: number): Ps {
    return this.#entries[place].ps;
  }

  nameAt(place: number): string {
    return this.#entries[place].name;
  }

  /** All names, the dearest first. */
  entries(): Spent[] {
    return this.#entries
      .map((entry) => ({ ...entry }))
      .sort((a, b) => b.ps - a.ps || (a.name < b.name ? -1 : 1));
  }
}
