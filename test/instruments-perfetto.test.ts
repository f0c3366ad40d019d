import { existsSync } from 'node:fs';
import process from 'node:process';
import fc from 'fast-check';
import type protobuf from 'protobufjs';
import { describe, expect, test } from 'vitest';
import type { TraceRecord } from '../src/engine/trace-record.ts';
import { writePerfetto } from '../src/instruments/perfetto.ts';
import { readOfficialSchema, readRestatedSchema } from './fixtures/perfetto-schema.ts';

/** An extra, as the model files are: perfetto_trace_pb2.py of the PyPI package, or perfetto_trace.proto. */
const PERFETTO_SCHEMA = process.env['INFERSCOPE_PERFETTO_SCHEMA'] ?? '';

interface Packet {
  readonly timestamp?: string;
  readonly trusted_packet_sequence_id: number;
  readonly track_event?: {
    type: string;
    name_iid?: string;
    counter_value?: string;
    double_counter_value?: number;
  };
  readonly interned_data?: { event_names: { iid: string; name: string }[] };
  readonly sequence_flags?: number;
  readonly trace_packet_defaults?: { track_event_defaults: { track_uuid: string } };
  readonly track_descriptor?: { uuid: string; name?: string; parent_uuid?: string; counter?: object };
}

function write(records: Iterable<TraceRecord>): Uint8Array {
  return Buffer.concat([...writePerfetto(records)]);
}

function decode(bytes: Uint8Array, root = readRestatedSchema()): Packet[] {
  const type = root.lookupType('perfetto.protos.Trace');
  return (type.toObject(type.decode(bytes), { longs: String, enums: String }) as { packet: Packet[] }).packet;
}

/** A line for each event, as a viewer builds them: by sequence, stable by time, slices on a stack. */
function replay(packets: readonly Packet[]): string[] {
  const rows = new Map<number, { track: string; names: Map<string, string>; open: string[] }>();
  const tracks = new Map<string, string>();
  for (const packet of packets) {
    const { track_descriptor: track } = packet;
    if (track?.name !== undefined) tracks.set(track.uuid, track.name);
    const uuid = packet.trace_packet_defaults?.track_event_defaults.track_uuid;
    if (uuid !== undefined) {
      expect(packet.sequence_flags).toBe(1);
      rows.set(packet.trusted_packet_sequence_id, { track: tracks.get(uuid)!, names: new Map(), open: [] });
    }
    const names = rows.get(packet.trusted_packet_sequence_id)?.names;
    for (const { iid, name } of packet.interned_data?.event_names ?? []) {
      names!.set(iid, name);
      // Numbered from 1 on each sequence: 0 is no name (interned_data.proto).
      expect(iid).toBe(String(names!.size));
    }
  }
  const events = packets.filter((packet) => packet.track_event !== undefined);
  events.sort((a, b) => Number(a.timestamp) - Number(b.timestamp));
  const lines = events.map(
    ({ timestamp, trusted_packet_sequence_id: id, sequence_flags, track_event: event }) => {
      expect(sequence_flags).toBe(2);
      const { track, names, open } = rows.get(id)!;
      const at = `${timestamp} ${track}`;
      const name = event!.name_iid === undefined ? '' : names.get(event!.name_iid)!;
      if (event!.type === 'TYPE_INSTANT') return `${at} ! ${name}`;
      if (event!.type === 'TYPE_COUNTER')
        return `${at} = ${event!.counter_value ?? event!.double_counter_value}`;
      if (event!.type === 'TYPE_SLICE_BEGIN') return `${at} ${'  '.repeat(open.push(name) - 1)}[ ${name}`;
      return `${at} ${'  '.repeat(open.length - 1)}] ${open.pop()}`;
    },
  );
  expect([...rows.values()].every(({ open }) => open.length <= 1)).toBe(true);
  return lines;
}

const span = (track: string, name: string, atPs: number, value: number): TraceRecord => ({
  kind: 'span',
  track,
  name,
  atPs,
  value,
});
const RECORDS: readonly TraceRecord[] = [
  span('kpu', 'conv 0', 2000, 4000),
  span('core', 'irq', 7000, 1000),
  span('core', 'call', 1000, 8000),
  span('core', 'next', 9000, 1499),
  { kind: 'instant', track: 'core', name: 'tick', atPs: 3000, value: 0 },
  { kind: 'counter', track: 'lines', name: '', atPs: 1000, value: 3 },
  { kind: 'counter', track: 'lines', name: '', atPs: 9000, value: -1 },
  { kind: 'counter', track: 'load', name: '', atPs: 5000, value: 0.25 },
  { kind: 'pin', track: 'GPIO 0', name: '', atPs: 1000, value: 1 },
  { kind: 'pin', track: 'GPIO 0', name: '', atPs: 9000, value: 0 },
];
const EVENTS = `1 GPIO 0 [ high
1 core [ call
1 lines = 3
2 kpu [ conv 0
3 core   ! tick
5 load = 0.25
6 kpu ] conv 0
7 core   [ irq
8 core   ] irq
9 GPIO 0 ] high
9 core ] call
9 core [ next
9 lines = -1
10 core ] next`.replace('core   !', 'core !');

describe('a trace for Perfetto', () => {
  test('holds units as rows of nested slices, counters, instants, and pins while high', () => {
    const packets = decode(write(RECORDS));
    const byTime = (a: string, b: string) => parseInt(a) - parseInt(b);
    expect(replay(packets).sort(byTime).join('\n')).toBe(EVENTS);
    const rows = packets.filter(({ track_descriptor: track }) => track?.parent_uuid === '1');
    const names = rows.map(
      ({ track_descriptor: track }) => track!.name! + (track!.counter ? ' (counter)' : ''),
    );
    expect(names).toEqual(['GPIO 0', 'kpu', 'core', 'lines (counter)', 'load (counter)']);
  });

  test('draws slices that overlap in a second row of the same name', () => {
    const lines = replay(decode(write([span('dma', 'a', 0, 5000), span('dma', 'b', 3000, 5000)])));
    expect(lines).toEqual(['0 dma [ a', '3 dma [ b', '5 dma ] a', '8 dma ] b']);
  });

  test('keeps any spans whole, each row nested', () => {
    const some = fc.record({ atPs: fc.integer({ min: 0, max: 40 }), value: fc.integer({ min: 0, max: 20 }) });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), (spans) => {
        const records = spans.map(({ atPs, value }, at) => span('u', `s${at}`, atPs * 1000, value * 1000));
        const lines = replay(decode(write(records))).map((line) => line.replace(/ +/g, ' '));
        const expected = records.flatMap(({ name, atPs, value }) => [
          `${atPs / 1000} u [ ${name}`,
          `${(atPs + value) / 1000} u ] ${name}`,
        ]);
        expect(lines.sort()).toEqual(expected.sort());
      }),
    );
  });

  test('keeps times of hours to the nanosecond, and long or odd names', () => {
    const name = `é ${'long '.repeat(100)}`;
    const [begin, end] = replay(decode(write([span('x', name, 8.9e15, 1000)])));
    expect([begin, end]).toEqual([`8900000000000 x [ ${name}`, `8900000000001 x ] ${name}`]);
  });

  test('of nothing is a process without rows', () => {
    expect(decode(write([]))).toHaveLength(1);
  });

  test('of 1e6 slices takes less than 40 MB', () => {
    function* slices(): Generator<TraceRecord> {
      for (let at = 0; at < 1e6; at++) yield span(`unit ${at & 3}`, `step ${at % 50}`, at * 30e6, 25e6);
    }
    let bytes = 0;
    for (const chunk of writePerfetto(slices())) bytes += chunk.length;
    expect(bytes).toBeLessThan(40e6);
  });
});

if (existsSync(PERFETTO_SCHEMA)) {
  describe('the official schema of Perfetto', () => {
    test('has each field that we restate, with its number and type', () => {
      const official = readOfficialSchema(PERFETTO_SCHEMA);
      const restated = readRestatedSchema().lookup('perfetto.protos') as protobuf.Namespace;
      const describeField = ({ name, id, type, repeated }: protobuf.Field) =>
        `${name} = ${id} ${repeated ? 'repeated ' : ''}${type.replace(/^.*\./, '')}`;
      for (const type of restated.nestedArray as protobuf.Type[]) {
        const fields = official.lookupType(`perfetto.protos.${type.name}`).fieldsArray.map(describeField);
        expect(fields).toEqual(expect.arrayContaining(type.fieldsArray.map(describeField)));
      }
    });

    test('parses what we write, into the same events, and knows every byte of it', () => {
      const official = readOfficialSchema(PERFETTO_SCHEMA);
      const bytes = write(RECORDS);
      expect(decode(bytes, official)).toEqual(decode(bytes));
      const type = official.lookupType('perfetto.protos.Trace');
      expect(type.verify(type.toObject(type.decode(bytes)))).toBe(null);
      expect(type.encode(type.fromObject(type.toObject(type.decode(bytes)))).finish().length).toBe(
        bytes.length,
      );
    });
  });
}
