import type { TraceRecord } from '../src/engine/trace-record.ts';
import { readScope } from '../src/instruments/oscilloscope.ts';
import { writePerfetto } from '../src/instruments/perfetto.ts';
import { pinEdges } from '../src/instruments/pins.ts';
import { VcdReader } from '../src/instruments/read-vcd.ts';
import { writeVcd } from '../src/instruments/vcd.ts';
import { judge, millions, printTable, compareSpeeds } from './harness.ts';

const ROUNDS = 3;
const EVENTS = 1e6;
const SLICES_BAR = { seconds: 2, bytes: 40e6 };

function* slices(count: number): Generator<TraceRecord> {
  for (let at = 0; at < count; at++) {
    yield { kind: 'span', track: `unit ${at & 3}`, name: `step ${at % 50}`, atPs: at * 30e6, value: 25e6 };
  }
}

function* edges(count: number): Generator<TraceRecord> {
  for (let at = 0; at < count; at++) {
    yield { kind: 'pin', track: 'PIN', name: '', atPs: (at + 1) * 1.25e9, value: 1 - (at & 1) };
  }
}

let traceBytes = 0;

function runPerfetto(count: number): number {
  let bytes = 0;
  for (const chunk of writePerfetto(slices(count))) bytes += chunk.length;
  return (traceBytes = bytes);
}

function runWriteVcd(count: number): number {
  let characters = 0;
  for (const chunk of writeVcd(edges(count))) characters += chunk.length;
  return characters;
}

function runReadVcd(count: number): number {
  let levels = 0;
  const reader = new VcdReader('bench', { wants: () => true, hear: () => void levels++ });
  for (const chunk of writeVcd(edges(count))) for (const line of chunk.split('\n')) reader.line(line);
  reader.end();
  return levels;
}

function runScope(count: number): number {
  return readScope(pinEdges(edges(count), 'PIN')).triggersPs.length;
}

const figures = await compareSpeeds(
  [
    { name: 'Perfetto slices', run: runPerfetto },
    { name: 'VCD changes written', run: runWriteVcd },
    { name: 'VCD changes written and read', run: runReadVcd },
    { name: 'edges on the oscilloscope', run: runScope },
  ],
  EVENTS,
  ROUNDS,
);
printTable(
  ['what', 'M/s'],
  figures.map(({ name, perSecond }) => [name, millions(perSecond)]),
);

judge([
  {
    name: '1e6 slices for Perfetto',
    value: EVENTS / figures[0].perSecond,
    bar: SLICES_BAR.seconds,
    atMost: true,
    unit: ' s',
  },
  { name: '1e6 slices for Perfetto', value: traceBytes, bar: SLICES_BAR.bytes, atMost: true, unit: ' bytes' },
]);
