import type { TraceRecord } from '../engine/trace-record.ts';
import type { Ps } from '../units.ts';

/** What a trace viewer draws as one row: nested slices, or the values of a counter. */
export interface Row {
  readonly name: string;
  readonly kind: 'slices' | 'counter';
}

/** Where events go; ids count from 0 in the order of `row` calls. Within a row, times never go back. */
export interface EventSink {
  row(row: Row): number;
  begin(row: number, name: string, atPs: Ps): void;
  end(row: number, atPs: Ps): void;
  instant(row: number, name: string, atPs: Ps): void;
  counter(row: number, atPs: Ps, value: number): void;
}

interface OpenRow {
  readonly id: number;
  /** Ends of the slices that are open, innermost last. */
  readonly endsPs: Ps[];
}

const PIN_SLICE = 'high';

function isBefore(a: TraceRecord, b: TraceRecord): boolean {
  return a.atPs < b.atPs || (a.atPs === b.atPs && a.value >= b.value);
}

/** Earlier first; of those that begin together the longer, which holds the other. */
function inOrder(records: TraceRecord[]): readonly TraceRecord[] {
  for (let at = 1; at < records.length; at++) {
    if (!isBefore(records[at - 1], records[at])) {
      return records.sort((a, b) => a.atPs - b.atPs || b.value - a.value);
    }
  }
  return records;
}

function endUpTo(sink: EventSink, { id, endsPs }: OpenRow, untilPs: Ps): void {
  while (endsPs.length > 0 && endsPs.at(-1)! <= untilPs) sink.end(id, endsPs.pop()!);
}

/** Slices that overlap without one holding the other go to further rows of the same name. */
function drawSpans(sink: EventSink, name: string, records: TraceRecord[]): void {
  const rows: OpenRow[] = [];
  const open = () => {
    const row = { id: sink.row({ name, kind: 'slices' }), endsPs: [] };
    rows.push(row);
    return row;
  };
  open();
  for (const record of inOrder(records)) {
    const { atPs } = record;
    if (record.kind === 'instant') {
      endUpTo(sink, rows[0], atPs);
      sink.instant(rows[0].id, record.name, atPs);
      continue;
    }
    const endPs = atPs + record.value;
    const row = rows.find((candidate) => {
      endUpTo(sink, candidate, atPs);
      return candidate.endsPs.length === 0 || candidate.endsPs.at(-1)! >= endPs;
    });
    const { id, endsPs } = row ?? open();
    sink.begin(id, record.name, atPs);
    endsPs.push(endPs);
  }
  for (const row of rows) endUpTo(sink, row, Infinity);
}

/** A pin is a row of slices, one for each time that it is high; clicking one shows its width. */
function drawPin(sink: EventSink, name: string, records: readonly TraceRecord[]): void {
  const row = sink.row({ name, kind: 'slices' });
  let isHigh = false;
  for (const { atPs, value } of [...records].sort((a, b) => a.atPs - b.atPs)) {
    if (value !== 0 && !isHigh) sink.begin(row, PIN_SLICE, atPs);
    if (value === 0 && isHigh) sink.end(row, atPs);
    isHigh = value !== 0;
  }
}

function drawCounter(sink: EventSink, name: string, records: readonly TraceRecord[]): void {
  const row = sink.row({ name, kind: 'counter' });
  for (const { atPs, value } of [...records].sort((a, b) => a.atPs - b.atPs)) sink.counter(row, atPs, value);
}

/** Sends a trace to the sink row by row: pins, then units with their steps, then counters. */
export function* drawTrace(sink: EventSink, records: Iterable<TraceRecord>): Generator<void> {
  const rows = { pin: new Map(), span: new Map(), counter: new Map() } as const;
  for (const record of records) {
    const ofKind: Map<string, TraceRecord[]> = rows[record.kind === 'instant' ? 'span' : record.kind];
    const row = ofKind.get(record.track);
    if (row) row.push(record);
    else ofKind.set(record.track, [record]);
  }
  for (const [name, row] of rows.pin) yield drawPin(sink, name, row);
  for (const [name, row] of rows.span) yield drawSpans(sink, name, row);
  for (const [name, row] of rows.counter) yield drawCounter(sink, name, row);
}
