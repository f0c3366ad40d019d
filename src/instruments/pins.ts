import type { TraceRecord } from '../engine/trace-record.ts';
import type { Ps } from '../units.ts';

/** A change of a pin; `level` holds from `atPs` on. */
export interface PinEdge {
  readonly atPs: Ps;
  readonly level: 0 | 1;
}

/** What the edges of a pin say, exactly: times that it was high, times that it was low, rise to rise. */
export interface Pulses {
  readonly widthsPs: readonly Ps[];
  readonly lowsPs: readonly Ps[];
  readonly periodsPs: readonly Ps[];
}

export interface Statistics {
  readonly current: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** Pins of a trace in the order in which they first appear. */
export function pinNames(records: Iterable<TraceRecord>): string[] {
  const names = new Set<string>();
  for (const { kind, track } of records) if (kind === 'pin') names.add(track);
  return [...names];
}

/**
 * The edges of one pin in the order of time. A pin is low until its first record; one that is high at time 0
 * started high, which is no edge. Levels that repeat are no edges either.
 */
export function pinEdges(records: Iterable<TraceRecord>, pin: string): PinEdge[] {
  const levels: PinEdge[] = [];
  for (const { kind, track, atPs, value } of records) {
    if (kind === 'pin' && track === pin) levels.push({ atPs, level: value === 0 ? 0 : 1 });
  }
  levels.sort((a, b) => a.atPs - b.atPs);
  const startsHigh = levels[0]?.atPs === 0 && levels[0].level === 1;
  return levels.filter(({ level }, at) => level !== (levels[at - 1]?.level ?? (startsHigh ? 1 : 0)));
}

/** Pulses between the edges; a width or a low phase needs both of its ends. */
export function measurePulses(edges: readonly PinEdge[]): Pulses {
  const gaps = edges.slice(1).map(({ atPs, level }, at) => ({ level, ps: atPs - edges[at].atPs }));
  const rises = edges.filter(({ level }) => level === 1);
  return {
    widthsPs: gaps.filter(({ level }) => level === 0).map(({ ps }) => ps),
    lowsPs: gaps.filter(({ level }) => level === 1).map(({ ps }) => ps),
    periodsPs: rises.slice(1).map(({ atPs }, at) => atPs - rises[at].atPs),
  };
}

/** Statistics in order of time, `current` being the last; null where there is nothing. */
export function statisticsOf(values: readonly number[]): Statistics | null {
  if (values.length === 0) return null;
  const [sum, min, max] = values.reduce(
    ([total, low, high], value) => [total + value, Math.min(low, value), Math.max(high, value)],
    [0, Infinity, -Infinity],
  );
  return { current: values.at(-1)!, mean: sum / values.length, min, max, count: values.length };
}
