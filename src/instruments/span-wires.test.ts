import { expect, it } from 'vitest';
import type { TraceRecord } from '../engine/trace-record.ts';
import { spanWires } from './span-wires.ts';

const span = (track: string, name: string, atPs: number, value: number): TraceRecord => {
  return { kind: 'span', track, name, atPs, value };
};
const edges = (records: readonly TraceRecord[]) =>
  spanWires(records, ['bus', 'screen']).map(({ kind, track, atPs, value }) => [kind, track, atPs, value]);

it('a wire is high while a span of its name runs; spans that touch or overlap are one pulse', () => {
  const records = [
    span('bus', 'camera', 30, 5),
    span('bus', 'camera', 10, 10),
    span('bus', 'camera', 20, 4),
    span('bus', 'camera', 12, 2),
    span('bus', 'screen', 50, 1),
  ];
  expect(edges(records)).toEqual([
    ['pin', 'bus camera', 10, 1],
    ['pin', 'bus camera', 24, 0],
    ['pin', 'bus camera', 30, 1],
    ['pin', 'bus camera', 35, 0],
    ['pin', 'bus screen', 50, 1],
    ['pin', 'bus screen', 51, 0],
  ]);
});

it('other tracks, spans of no length and what is no span have none', () => {
  expect(edges([span('core', 'conv', 1, 2), span('bus', 'camera', 1, 0)])).toEqual([]);
  expect(edges([{ kind: 'pin', track: 'bus', name: '', atPs: 1, value: 1 }])).toEqual([]);
});
