import { PbfWriter } from 'pbf';
import type { TraceRecord } from '../engine/trace-record.ts';
import { PS_PER_NS, type Ps } from '../units.ts';
import { drawTrace, type EventSink, type Row } from './perfetto-tracks.ts';

// Field numbers of google/perfetto, protos/perfetto/trace/{trace_packet,track_event/*}.proto.
const TRACE = { packet: 1 } as const;
const PACKET = {
  timestamp: 8,
  trusted_packet_sequence_id: 10,
  track_event: 11,
  interned_data: 12,
  sequence_flags: 13,
  trace_packet_defaults: 59,
  track_descriptor: 60,
  first_packet_on_sequence: 87,
} as const;
const DEFAULTS = { track_event_defaults: 11, track_uuid: 11 } as const;
const DESCRIPTOR = {
  uuid: 1,
  name: 2,
  process: 3,
  parent_uuid: 5,
  counter: 8,
  child_ordering: 11,
  sibling_order_rank: 12,
} as const;
const CHILD_ORDERING_EXPLICIT = 3;
const PROCESS = { pid: 1, process_name: 6 } as const;
const EVENT = { type: 9, name_iid: 10, counter_value: 30, double_counter_value: 44 } as const;
const INTERNED = { event_names: 2, iid: 1, name: 2 } as const;
const TYPE = { begin: 1, end: 2, instant: 3, counter: 4 } as const;
const FLAGS = { cleared: 1, needsState: 2 } as const;
const VARINT = 0;
const MESSAGE = 2;

const PROCESS_UUID = 1;
const CHUNK_BYTES = 2 ** 18;

interface NamedRow extends Row {
  readonly names: Map<string, number>;
}

/**
 * Packets of a trace. Each row is a packet sequence of its own, whose first packet says once what its events then
 * leave out (the row, by default) and whose names are sent once and then called by number.
 */
class PacketWriter implements EventSink {
  readonly #rows: NamedRow[] = [];
  readonly #chunks: Uint8Array[] = [];
  #writer = new PbfWriter(new Uint8Array(CHUNK_BYTES));

  constructor(processName: string) {
    this.#writer.writeMessage(
      TRACE.packet,
      (name, packet) => {
        packet.writeVarintField(PACKET.trusted_packet_sequence_id, PROCESS_UUID);
        packet.writeMessage(
          PACKET.track_descriptor,
          (_, descriptor) => {
            descriptor.writeVarintField(DESCRIPTOR.uuid, PROCESS_UUID);
            descriptor.writeVarintField(DESCRIPTOR.child_ordering, CHILD_ORDERING_EXPLICIT);
            descriptor.writeMessage(
              DESCRIPTOR.process,
              (_none, process) => {
                process.writeVarintField(PROCESS.pid, 1);
                process.writeStringField(PROCESS.process_name, name);
              },
              null,
            );
          },
          null,
        );
      },
      processName,
    );
  }

  row(row: Row): number {
    const id = this.#rows.push({ ...row, names: new Map() }) - 1;
    this.#writer.writeMessage(TRACE.packet, (_, packet) => writeRow(packet, id, row), null);
    return id;
  }

  begin(row: number, name: string, atPs: Ps): void {
    this.#event(row, TYPE.begin, atPs, name);
  }

  end(row: number, atPs: Ps): void {
    this.#event(row, TYPE.end, atPs);
  }

  instant(row: number, name: string, atPs: Ps): void {
    this.#event(row, TYPE.instant, atPs, name);
  }

  counter(row: number, atPs: Ps, value: number): void {
    const close = this.#open(row, atPs);
    const event = this.#writer;
    event.writeTag(PACKET.track_event, MESSAGE);
    const at = event.pos++;
    event.writeVarintField(EVENT.type, TYPE.counter);
    if (Number.isSafeInteger(value)) event.writeVarintField(EVENT.counter_value, value);
    else event.writeDoubleField(EVENT.double_counter_value, value);
    event.buf[at] = event.pos - at - 1;
    this.#close(close);
  }

  /** The chunks that are full, and with `all` the rest too. */
  take(all = false): Uint8Array[] {
    if (all) this.#flush();
    return this.#chunks.splice(0);
  }

  #event(row: number, type: number, atPs: Ps, name?: string): void {
    const names = this.#rows[row].names;
    const iid = name === undefined ? undefined : (names.get(name) ?? this.#intern(row, name));
    const close = this.#open(row, atPs);
    const event = this.#writer;
    event.writeVarint((PACKET.track_event << 3) | MESSAGE);
    const at = event.pos++;
    event.writeVarint((EVENT.type << 3) | VARINT);
    event.writeVarint(type);
    if (iid !== undefined) event.writeVarintField(EVENT.name_iid, iid);
    event.buf[at] = event.pos - at - 1;
    this.#close(close);
  }

  /** A packet of its own for a new name: rare, so that all others stay short. */
  #intern(row: number, name: string): number {
    const { names } = this.#rows[row];
    const iid = names.size + 1;
    names.set(name, iid);
    this.#writer.writeMessage(
      TRACE.packet,
      (_, packet) => {
        packet.writeVarintField(PACKET.trusted_packet_sequence_id, sequenceOf(row));
        packet.writeVarintField(PACKET.sequence_flags, FLAGS.needsState);
        packet.writeMessage(PACKET.interned_data, writeName, { iid, name });
      },
      null,
    );
    return iid;
  }

  /** Begins a packet of at most 127 bytes; returns where its length goes. */
  #open(row: number, atPs: Ps): number {
    if (this.#writer.pos > CHUNK_BYTES - 256) this.#flush();
    const packet = this.#writer;
    packet.realloc(128);
    packet.writeVarint((TRACE.packet << 3) | MESSAGE);
    const at = packet.pos++;
    packet.writeVarint((PACKET.timestamp << 3) | VARINT);
    packet.writeVarint(Math.round(atPs / PS_PER_NS));
    packet.writeVarint((PACKET.trusted_packet_sequence_id << 3) | VARINT);
    packet.writeVarint(sequenceOf(row));
    packet.writeVarint((PACKET.sequence_flags << 3) | VARINT);
    packet.writeVarint(FLAGS.needsState);
    return at;
  }

  #close(at: number): void {
    this.#writer.buf[at] = this.#writer.pos - at - 1;
  }

  #flush(): void {
    this.#chunks.push(this.#writer.finish());
    this.#writer = new PbfWriter(new Uint8Array(CHUNK_BYTES));
  }
}

const sequenceOf = (row: number) => PROCESS_UUID + 1 + row;

/** The first packet of a row's sequence: what it is, and that its events are on it. */
function writeRow(packet: PbfWriter, id: number, { name, kind }: Row): void {
  const uuid = sequenceOf(id);
  packet.writeVarintField(PACKET.trusted_packet_sequence_id, uuid);
  packet.writeVarintField(PACKET.sequence_flags, FLAGS.cleared);
  packet.writeBooleanField(PACKET.first_packet_on_sequence, true);
  packet.writeMessage(
    PACKET.trace_packet_defaults,
    (_, defaults) =>
      defaults.writeMessage(
        DEFAULTS.track_event_defaults,
        (_none, event) => event.writeVarintField(DEFAULTS.track_uuid, uuid),
        null,
      ),
    null,
  );
  packet.writeMessage(
    PACKET.track_descriptor,
    (_, descriptor) => {
      descriptor.writeVarintField(DESCRIPTOR.uuid, uuid);
      descriptor.writeVarintField(DESCRIPTOR.parent_uuid, PROCESS_UUID);
      descriptor.writeStringField(DESCRIPTOR.name, name);
      descriptor.writeVarintField(DESCRIPTOR.sibling_order_rank, id);
      if (kind === 'counter') descriptor.writeMessage(DESCRIPTOR.counter, () => undefined, null);
    },
    null,
  );
}

function writeName(entry: { readonly iid: number; readonly name: string }, interned: PbfWriter): void {
  interned.writeMessage(
    INTERNED.event_names,
    ({ iid, name }, event) => {
      event.writeVarintField(INTERNED.iid, iid);
      event.writeStringField(INTERNED.name, name);
    },
    entry,
  );
}

/** How a Perfetto trace is written. */
export interface PerfettoOptions {
  /** Name above the rows. */
  readonly processName?: string;
}

/**
 * The trace for ui.perfetto.dev (a .pftrace file), in chunks of bytes: pins as slices while high, units with their
 * steps as slices, instants, counters. The format counts whole nanoseconds (a clock of its own cannot be finer), so
 * times are rounded to 1 ns each; widths to the picosecond are the oscilloscope's and the VCD file's.
 * The same records give the same bytes.
 */
export function* writePerfetto(
  records: Iterable<TraceRecord>,
  { processName = 'inferscope' }: PerfettoOptions = {},
): Generator<Uint8Array> {
  const packets = new PacketWriter(processName);
  const rows = drawTrace(packets, records);
  while (!rows.next().done) yield* packets.take();
  yield* packets.take(true);
}
