import type { TraceRecord } from '../engine/trace-record.ts';
import type { Ps } from '../units.ts';

/** One value of one variable of a VCD file, from `atPs` on; a span's value is its name, or "" where none runs. */
export interface VcdChange {
  readonly kind: 'pin' | 'counter' | 'span';
  readonly key: string;
  readonly atPs: Ps;
  readonly value: number | string;
}

export interface VcdTrack {
  readonly kind: VcdChange['kind'];
  readonly track: string;
  /** Kind and name: a pin and a unit may share a name. */
  readonly key: string;
}

const keyOf = (kind: string, track: string) => `${kind} ${track}`;

/** The variables that the records need: pins first, then units, then counters. Instants have no place in a VCD. */
export function namesOf(records: readonly TraceRecord[]): VcdTrack[] {
  const tracks = new Map<string, VcdTrack>();
  for (const { kind, track } of records) {
    if (kind === 'instant') continue;
    const key = keyOf(kind, track);
    if (!tracks.has(key)) tracks.set(key, { kind, track, key });
  }
  const order = { pin: 0, span: 1, counter: 2 };
  return [...tracks.values()].sort((a, b) => order[a.kind] - order[b.kind]);
}

/** The innermost span that runs, at each start and end. Where spans overlap, the one that began last is shown. */
function spanChanges(key: string, spans: readonly TraceRecord[]): VcdChange[] {
  const sorted = [...spans].sort((a, b) => a.atPs - b.atPs || b.value - a.value);
  const running: TraceRecord[] = [];
  const changes: VcdChange[] = [];
  const show = (atPs: Ps) => changes.push({ kind: 'span', key, atPs, value: running.at(-1)?.name ?? '' });
  const endUpTo = (untilPs: Ps) => {
    for (;;) {
      const endsPs = running.map(({ atPs, value }) => atPs + value);
      const nextPs = Math.min(...endsPs);
      if (nextPs > untilPs) return;
      const wasShown = endsPs.at(-1) === nextPs;
      for (let at = running.length - 1; at >= 0; at--) if (endsPs[at] === nextPs) running.splice(at, 1);
      if (wasShown) show(nextPs);
      if (running.length === 0) return;
    }
  };
  for (const span of sorted) {
    if (running.length > 0) endUpTo(span.atPs);
    running.push(span);
    show(span.atPs);
  }
  if (running.length > 0) endUpTo(Infinity);
  return changes;
}

/** All changes in the order of time; those of one time in the order of the records. */
export function changesOf(records: readonly TraceRecord[]): VcdChange[] {
  const spans = new Map<string, TraceRecord[]>();
  const changes: VcdChange[] = [];
  for (const record of records) {
    const { kind, track, atPs, value } = record;
    const key = keyOf(kind, track);
    if (kind === 'pin' || kind === 'counter') changes.push({ kind, key, atPs, value });
    if (kind !== 'span') continue;
    if (!spans.has(key)) spans.set(key, []);
    spans.get(key)!.push(record);
  }
  for (const [key, ofTrack] of spans) changes.push(...spanChanges(key, ofTrack));
  return changes.sort((a, b) => a.atPs - b.atPs);
}
