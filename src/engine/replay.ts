import type { Ps } from '../units.ts';

/** A point of a run. Valid for the simulation that made it, until that is reset. */
export interface Snapshot {
  readonly nowPs: Ps;
  readonly events: number;
  readonly journalLength: number;
  /** Queue, parts, named state and trace as text, compared after the replay. */
  readonly fingerprint: string;
}

/** Something done to the simulation from outside its events, and where. */
interface Note {
  readonly events: number;
  readonly nowPs: Ps;
  readonly again: () => void;
}

/** What was done to a simulation from outside its events, in order, so that it can be done again. */
export class Journal {
  #notes: Note[] = [];
  #replaying = false;

  get length(): number {
    return this.#notes.length;
  }

  note(note: Note): void {
    if (!this.#replaying) this.#notes.push(note);
  }

  clear(): void {
    this.#notes = [];
  }

  /** Repeats the notes before `end`, and forgets those after; `advance` runs to an event count, then sets the instant. */
  replay(end: Snapshot, advance: (events: number, nowPs: Ps) => void): void {
    if (end.journalLength > this.#notes.length)
      throw new Error('restore: the snapshot is older than the last reset');
    this.#replaying = true;
    try {
      for (const { events, nowPs, again } of this.#notes.slice(0, end.journalLength)) {
        advance(events, nowPs);
        again();
      }
      advance(end.events, end.nowPs);
    } finally {
      this.#replaying = false;
    }
    this.#notes.length = end.journalLength;
  }
}
