import { expect, it } from 'vitest';
import { SessionTrace } from './session-trace.ts';

function traced(keepsUnits: boolean): SessionTrace {
  const trace = new SessionTrace({ units: keepsUnits });
  trace.span('core', 'conv', 20, 5);
  trace.pin('LED', 30, 1);
  trace.counter('heap', 20, 7);
  trace.add({ kind: 'instant', track: 'core', name: 'tick', atPs: 30, value: 0 });
  trace.pin('LED', 10, 0);
  return trace;
}

const seen = (trace: SessionTrace) => trace.records().map(({ kind, atPs }) => [kind, atPs]);

it('gives edges and what units did in order of time, at one instant edges first', () => {
  expect(seen(traced(true))).toEqual([
    ['pin', 10],
    ['span', 20],
    ['counter', 20],
    ['pin', 30],
    ['instant', 30],
  ]);
});

it('keeps edges alone where nobody asked for the units', () => {
  const trace = traced(false);
  expect([trace.keepsUnits, trace.dropped]).toEqual([false, 0]);
  expect(seen(trace)).toEqual([
    ['pin', 10],
    ['pin', 30],
  ]);
});

it('keeps no edge where nobody asked for them, and then misses none', () => {
  const trace = new SessionTrace({ edges: false });
  trace.pin('LED', 10, 1);
  trace.dropEdge();
  expect([seen(trace), trace.droppedEdges]).toEqual([[], 0]);
});
