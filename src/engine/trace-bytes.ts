import type { TraceRecord } from './trace-record.ts';

const MAGIC = 'ISTR';
const VERSION = 1;
const KINDS = ['span', 'instant', 'counter', 'pin'] as const;
// kind u8, track u32, name u32, instant f64, value f64
const RECORD_BYTES = 25;

/**
 * Little-endian bytes: "ISTR", version, dropped, number of names, number of records (u32 each), the names that occur,
 * sorted, as length (u32) and UTF-8, then the records with indices into the names. Ids of the trace leave no mark.
 */
export function serialiseRecords(
  records: readonly TraceRecord[],
  dropped: number,
  order: 'canonical' | 'recorded',
): Uint8Array<ArrayBuffer> {
  const names = [...new Set(records.flatMap(({ track, name }) => [track, name]))].sort();
  const head = [
    ...ascii(MAGIC),
    ...u32(VERSION),
    ...u32(dropped),
    ...u32(names.length),
    ...u32(records.length),
  ];
  for (const name of names) {
    const text = new TextEncoder().encode(name);
    head.push(...u32(text.length), ...text);
  }
  const bytes = new Uint8Array(head.length + records.length * RECORD_BYTES);
  bytes.set(head);
  writeRecords(
    new DataView(bytes.buffer, head.length),
    order === 'canonical' ? sorted(records) : records,
    names,
  );
  return bytes;
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo): finds differences, does not resist forgery. */
export function checksumBytes(bytes: Uint8Array): number {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum >>> 0;
}

function writeRecords(view: DataView, records: readonly TraceRecord[], names: readonly string[]): void {
  const ids = new Map(names.map((name, id) => [name, id]));
  records.forEach(({ kind, track, name, atPs, value }, record) => {
    const at = record * RECORD_BYTES;
    view.setUint8(at, KINDS.indexOf(kind));
    view.setUint32(at + 1, ids.get(track)!, true);
    view.setUint32(at + 5, ids.get(name)!, true);
    view.setFloat64(at + 9, atPs, true);
    view.setFloat64(at + 17, value, true);
  });
}

function sorted(records: readonly TraceRecord[]): TraceRecord[] {
  return [...records].sort(
    (a, b) =>
      a.atPs - b.atPs ||
      compareText(a.track, b.track) ||
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
      compareText(a.name, b.name) ||
      a.value - b.value,
  );
}

// By code unit: localeCompare differs between hosts.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function ascii(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}

function u32(value: number): number[] {
  return [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
}
