import { Trace } from '../../engine/trace.ts';
import type { TraceRecord } from '../../engine/trace-record.ts';
import type { Ps } from '../../units.ts';

/** Records of units that a session keeps; the oldest go first. */
const MAX_RECORDS = 2 ** 19;
/** Edges of pins that it keeps: seconds of the fastest loop, hours of one that waits. What comes behind is only counted. */
const MAX_EDGES = 2 ** 21;

export interface TraceOptions {
  /** Spans and counters of units. */
  readonly units?: boolean;
  /** Edges of pins; kept where absent. */
  readonly edges?: boolean;
}

/** Edges of pins in columns, in order of time. */
export interface EdgeColumns {
  readonly tracks: readonly string[];
  readonly edgesPs: Float64Array<ArrayBuffer>;
  /** Of which pin to which level: twice the track's number, and the level. */
  readonly edges: Uint32Array<ArrayBuffer>;
}

/** What a session keeps, in columns: little room, and quick to hand to another thread. */
export interface TraceColumns extends EdgeColumns {
  readonly units: readonly TraceRecord[];
}

/** The records that columns hold, in order of time; at one instant edges first. */
export function recordsOf({ tracks, edgesPs, edges, units }: TraceColumns): TraceRecord[] {
  const records = Array.from(edges, (edge, at): TraceRecord => {
    return { kind: 'pin', track: tracks[edge >> 1], name: '', atPs: edgesPs[at], value: edge & 1 };
  });
  return records.concat(units).sort((a, b) => a.atPs - b.atPs);
}

/** What happened on the board in a whole run: edges of pins, and spans and counters of the units on request. */
export class SessionTrace {
  readonly #units: Trace | null;
  readonly #keepsEdges: boolean;
  /** When, and of which pin to which level: twice the pin's number, and the level. */
  readonly #edgesPs: Ps[] = [];
  readonly #edges: number[] = [];
  readonly #tracks: string[] = [];
  readonly #numbers = new Map<string, number>();
  #droppedEdges = 0;

  constructor({ units = false, edges = true }: TraceOptions = {}) {
    this.#units = units ? new Trace(MAX_RECORDS) : null;
    this.#keepsEdges = edges;
  }

  /** Whether spans and counters are kept; a caller may skip making them where not. */
  get keepsUnits(): boolean {
    return this.#units !== null;
  }

  pin(track: string, atPs: Ps, level: 0 | 1): void {
    if (!this.#keepsEdges) return;
    if (this.#edges.length === MAX_EDGES) return this.dropEdge();
    this.#edgesPs.push(atPs);
    this.#edges.push(2 * this.#numberOf(track) + level);
  }

  #numberOf(track: string): number {
    const known = this.#numbers.get(track);
    if (known !== undefined) return known;
    const number = this.#tracks.push(track) - 1;
    this.#numbers.set(track, number);
    return number;
  }

  /** Edges that are not kept: there are too many. */
  dropEdge(edges = 1): void {
    if (this.#keepsEdges) this.#droppedEdges += edges;
  }

  /** A record of a unit as another trace holds it. */
  add({ kind, track, name, atPs, value }: TraceRecord): void {
    if (kind === 'span') this.span(track, name, atPs, value);
    else if (kind === 'counter') this.counter(track, atPs, value);
    else if (kind === 'instant') this.instant(track, name, atPs);
  }

  span(track: string, name: string, startPs: Ps, durationPs: Ps): void {
    const units = this.#units;
    units?.span(units.intern(track), units.intern(name), startPs, durationPs);
  }

  instant(track: string, name: string, atPs: Ps): void {
    const units = this.#units;
    units?.instant(units.intern(track), units.intern(name), atPs);
  }

  counter(track: string, atPs: Ps, value: number): void {
    const units = this.#units;
    units?.counter(units.intern(track), atPs, value);
  }

  /** Edges that were not kept though edges are. */
  get droppedEdges(): number {
    return this.#droppedEdges;
  }

  /** Records of units that were dropped because there were too many. */
  get dropped(): number {
    return this.#units?.dropped ?? 0;
  }

  columns(): TraceColumns {
    return { ...this.edgesFrom(0), units: [...(this.#units ?? [])] };
  }

  /** The kept edges from the one of number `from` on. */
  edgesFrom(from: number): EdgeColumns {
    return {
      tracks: [...this.#tracks],
      edgesPs: Float64Array.from(this.#edgesPs.slice(from)),
      edges: Uint32Array.from(this.#edges.slice(from)),
    };
  }

  /** Edges and unit records in order of time; at one instant edges first. */
  records(): TraceRecord[] {
    return recordsOf(this.columns());
  }
}
