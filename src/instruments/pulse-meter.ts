import type { Ps } from '../units.ts';
import type { Pulses } from './pins.ts';
import type { VcdLevel } from './read-vcd.ts';

export type SpanKind = 'width' | 'low' | 'period';

/**
 * Measures pulses as levels come in, in the order of time. A pin is low until its first level, unless that is of
 * time 0. What touches an unknown level (x, z) has no known end and does not count.
 */
export class PulseMeter {
  readonly #onSpan: (kind: SpanKind, ps: Ps) => void;
  #level: 0 | 1 | null | undefined;
  #edgePs: Ps | null = null;
  #risePs: Ps | null = null;
  #edges = 0;

  constructor(onSpan: (kind: SpanKind, ps: Ps) => void) {
    this.#onSpan = onSpan;
  }

  /** Changes from one known level to the other. */
  get edges(): number {
    return this.#edges;
  }

  /** The last level; undefined before the first. */
  get level(): 0 | 1 | null | undefined {
    return this.#level;
  }

  add({ atPs, level }: VcdLevel): void {
    const before = this.#level === undefined ? (atPs === 0 ? level : 0) : this.#level;
    this.#level = level;
    if (level === null || before === null) [this.#edgePs, this.#risePs] = [null, null];
    else if (level !== before) this.#edge(atPs, level);
  }

  #edge(atPs: Ps, level: 0 | 1): void {
    this.#edges++;
    if (this.#edgePs !== null) this.#onSpan(level === 0 ? 'width' : 'low', atPs - this.#edgePs);
    this.#edgePs = atPs;
    if (level === 0) return;
    if (this.#risePs !== null) this.#onSpan('period', atPs - this.#risePs);
    this.#risePs = atPs;
  }
}

/** Pulses of levels that are all at hand. */
export function measureLevels(levels: readonly VcdLevel[]): Pulses {
  const spans: Record<SpanKind, Ps[]> = { width: [], low: [], period: [] };
  const meter = new PulseMeter((kind, ps) => void spans[kind].push(ps));
  for (const level of levels) meter.add(level);
  return { widthsPs: spans.width, lowsPs: spans.low, periodsPs: spans.period };
}
