import { Trace } from '../../engine/trace.ts';
import type { TraceRecord } from '../../engine/trace-record.ts';
import type { Ps } from '../../units.ts';

/** Records of units that a session keeps; the oldest go first. Edges that a script makes are never dropped. */
const MAX_RECORDS = 2 ** 19;

/** What happened on the board in a whole run: edges of pins always, spans and counters of the units on request. */
export class SessionTrace {
  readonly #units: Trace | null;
  readonly #edges: TraceRecord[] = [];
  #droppedEdges = 0;

  constructor(keepsUnits: boolean) {
    this.#units = keepsUnits ? new Trace(MAX_RECORDS) : null;
  }

  /** Whether spans and counters are kept; a caller may skip making them where not. */
  get keepsUnits(): boolean {
    return this.#units !== null;
  }

  pin(track: string, atPs: Ps, value: number): void {
    this.#edges.push({ kind: 'pin', track, name: '', atPs, value });
  }

  /** An edge that is not kept: there are too many of its pin. */
  dropEdge(): void {
    this.#droppedEdges += 1;
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

  /** Edges that were not kept. */
  get droppedEdges(): number {
    return this.#droppedEdges;
  }

  /** Records of units that were dropped because there were too many. */
  get dropped(): number {
    return this.#units?.dropped ?? 0;
  }

  /** Edges and unit records in order of time; at one instant edges first. */
  records(): TraceRecord[] {
    return [...this.#edges, ...(this.#units ?? [])].sort((a, b) => a.atPs - b.atPs);
  }
}
