import type { TraceRecord } from '../engine/trace-record.ts';

/**
 * Spans of some tracks as wires for a logic analyser: for each track and name a pin that is high while such a span runs.
 * Spans that touch or overlap are one pulse.
 */
export function spanWires(records: Iterable<TraceRecord>, tracks: readonly string[]): TraceRecord[] {
  const spans = new Map<string, TraceRecord[]>();
  for (const record of records) {
    if (record.kind !== 'span' || record.value === 0 || !tracks.includes(record.track)) continue;
    const wire = `${record.track} ${record.name}`;
    const known = spans.get(wire);
    if (known) known.push(record);
    else spans.set(wire, [record]);
  }
  return [...spans].flatMap(([wire, ofWire]) => levelsOf(wire, ofWire)).sort((a, b) => a.atPs - b.atPs);
}

function levelsOf(track: string, spans: readonly TraceRecord[]): TraceRecord[] {
  const levels: TraceRecord[] = [];
  const level = (atPs: number, value: 0 | 1) => levels.push({ kind: 'pin', track, name: '', atPs, value });
  let endPs = Number.NEGATIVE_INFINITY;
  for (const { atPs, value } of [...spans].sort((a, b) => a.atPs - b.atPs)) {
    if (atPs > endPs) {
      if (levels.length > 0) level(endPs, 0);
      level(atPs, 1);
    }
    endPs = Math.max(endPs, atPs + value);
  }
  level(endPs, 0);
  return levels;
}
