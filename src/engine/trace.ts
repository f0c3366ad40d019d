import type { Ps } from '../units.ts';
import { checksumBytes, serialiseRecords } from './trace-bytes.ts';
import { TRACE_KIND, type NameId, type TraceKind, type TraceRecord } from './trace-record.ts';

const KIND_NAMES = ['span', 'instant', 'counter', 'pin'] as const;
const DEFAULT_RECORDS = 4096;
/** Names that a trace can hold: two ids and the kind must pack into one exact number. */
const MAX_NAMES = 2 ** 24;

/**
 * The last records of a run in a ring of typed arrays. Intern names while building, record with their ids while
 * running: nothing is allocated then. A simulation without a trace has `trace === null`, and pays that check only.
 */
export class Trace {
  readonly capacity: number;
  readonly #ids = new Map<string, NameId>();
  readonly #names: string[] = [];
  /** Three numbers a record: what (kind, track and label packed), when, value. */
  readonly #records: Float64Array;
  readonly #blank: NameId;
  #recorded = 0;

  /** Keeps the last `records`, rounded up to a power of two. */
  constructor(records = DEFAULT_RECORDS) {
    this.capacity = 2 ** Math.ceil(Math.log2(Math.max(1, records)));
    this.#records = new Float64Array(3 * this.capacity);
    this.#blank = this.intern('');
  }

  /** Records kept. */
  get length(): number {
    return Math.min(this.#recorded, this.capacity);
  }

  /** Records overwritten because the ring was full. */
  get dropped(): number {
    return this.#recorded - this.length;
  }

  /** The id of a name, the same for the same name as long as the trace lives. */
  intern(name: string): NameId {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    if (this.#names.length === MAX_NAMES) throw new RangeError(`trace: more than ${MAX_NAMES} names`);
    const id = this.#names.push(name) - 1;
    this.#ids.set(name, id);
    return id;
  }

  /** Something that lasted, recorded when it ends or as soon as its end is known. */
  span(track: NameId, name: NameId, startPs: Ps, durationPs: Ps): void {
    this.#record(TRACE_KIND.span, track, name, startPs, durationPs);
  }

  instant(track: NameId, name: NameId, atPs: Ps): void {
    this.#record(TRACE_KIND.instant, track, name, atPs, 0);
  }

  counter(track: NameId, atPs: Ps, value: number): void {
    this.#record(TRACE_KIND.counter, track, this.#blank, atPs, value);
  }

  pin(track: NameId, atPs: Ps, level: number): void {
    this.#record(TRACE_KIND.pin, track, this.#blank, atPs, level);
  }

  /** Forgets the records, keeps the names. */
  clear(): void {
    this.#recorded = 0;
  }

  /** The records kept, in the order in which they were recorded. */
  *[Symbol.iterator](): Generator<TraceRecord> {
    for (let record = this.dropped; record < this.#recorded; record++)
      yield this.#read(record % this.capacity);
  }

  /**
   * The records kept as bytes, for hashing: equal exactly when the records are. `canonical` sorts records of one
   * instant, so that runs with shuffled ties give the same bytes; `recorded` keeps the order of recording.
   */
  toBytes(order: 'canonical' | 'recorded' = 'canonical'): Uint8Array<ArrayBuffer> {
    return serialiseRecords([...this], this.dropped, order);
  }

  /** A quick 32-bit sum of the bytes in order of recording, for snapshots. */
  checksum(): number {
    return checksumBytes(this.toBytes('recorded'));
  }

  #record(kind: TraceKind, track: NameId, label: NameId, atPs: Ps, value: number): void {
    const at = 3 * (this.#recorded++ & (this.capacity - 1));
    const records = this.#records;
    records[at] = (label * MAX_NAMES + track) * KIND_NAMES.length + kind;
    records[at + 1] = atPs;
    records[at + 2] = value;
  }

  #read(record: number): TraceRecord {
    const [what, atPs, value] = this.#records.subarray(3 * record, 3 * record + 3) as unknown as [
      number,
      number,
      number,
    ];
    const names = Math.floor(what / KIND_NAMES.length);
    return {
      kind: KIND_NAMES[what % KIND_NAMES.length],
      track: this.#names[names % MAX_NAMES],
      name: this.#names[Math.floor(names / MAX_NAMES)],
      atPs,
      value,
    };
  }
}
