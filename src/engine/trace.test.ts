import { expect, test } from 'vitest';
import { Trace } from './trace.ts';

function record(trace: Trace, steps: readonly number[]): Trace {
  for (const step of steps) {
    if (step === 0) trace.span(trace.intern('kpu'), trace.intern('conv 0'), 100, 40);
    if (step === 1) trace.instant(trace.intern('cpu'), trace.intern('interrupt'), 140);
    if (step === 2) trace.counter(trace.intern('ram bytes'), 140, 1e10);
    if (step === 3) trace.pin(trace.intern('pin 17'), 150, 1);
  }
  return trace;
}

test('spans, instants, counters and pin edges come back in the order of recording', () => {
  expect([...record(new Trace(), [0, 1, 2, 3])]).toEqual([
    { kind: 'span', track: 'kpu', name: 'conv 0', atPs: 100, value: 40 },
    { kind: 'instant', track: 'cpu', name: 'interrupt', atPs: 140, value: 0 },
    { kind: 'counter', track: 'ram bytes', name: '', atPs: 140, value: 1e10 },
    { kind: 'pin', track: 'pin 17', name: '', atPs: 150, value: 1 },
  ]);
});

test('a full ring keeps the last records and counts the others', () => {
  const trace = new Trace(3);
  const pin = trace.intern('pin');
  for (let atPs = 0; atPs < 11; atPs++) trace.pin(pin, atPs, atPs % 2);
  expect([[...trace].map(({ atPs }) => atPs), trace.length, trace.capacity, trace.dropped]).toEqual([
    [7, 8, 9, 10],
    4,
    4,
    7,
  ]);
  trace.clear();
  expect([[...trace], trace.dropped]).toEqual([[], 0]);
});

test('the bytes say what was recorded: not the ids, not names unused, in canonical order not the order of one instant', () => {
  const plain = record(new Trace(), [0, 1, 2, 3]);
  const other = new Trace(64);
  other.intern('unused');
  record(other, [2, 1, 0, 3]);
  expect(other.toBytes()).toEqual(plain.toBytes());
  expect(other.toBytes('recorded')).not.toEqual(plain.toBytes('recorded'));
  expect([
    other.checksum() === plain.checksum(),
    record(new Trace(), [0, 1, 2]).checksum() === plain.checksum(),
  ]).toEqual([false, false]);
});

test('the bytes of one pin edge, done by hand', () => {
  const bytes = record(new Trace(), [3]).toBytes();
  const head = [0x49, 0x53, 0x54, 0x52, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0];
  const names = [0, 0, 0, 0, 6, 0, 0, 0, ...[...'pin 17'].map((letter) => letter.charCodeAt(0))];
  // 150 = 1.171875 x 2^7 is 0x4062c00000000000, 1 is 0x3ff0000000000000 (IEEE 754).
  const edge = [3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc0, 0x62, 0x40, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f];
  expect([...bytes]).toEqual([...head, ...names, ...edge]);
});
