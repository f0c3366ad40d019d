import { beforeEach, expect, test } from 'vitest';
import { addEdges, clearEdges, firstPulse, neighbour, pinEdges } from './pin-edges.ts';

/** Columns of [pin, instant, level]. */
const columns = (tracks: readonly string[], ...rows: (readonly [number, number, 0 | 1])[]) => ({
  tracks,
  edgesPs: Float64Array.from(rows, ([, atPs]) => atPs),
  edges: Uint32Array.from(rows, ([pin, , level]) => 2 * pin + level),
});

beforeEach(clearEdges);

test('edges that come in two parts are one row a pin', () => {
  addEdges(columns(['A'], [0, 10, 1]));
  addEdges(columns(['A', 'B'], [1, 15, 1], [0, 20, 0]));
  expect([...pinEdges.value]).toEqual([
    [
      'A',
      [
        { atPs: 10, level: 1 },
        { atPs: 20, level: 0 },
      ],
    ],
    ['B', [{ atPs: 15, level: 1 }]],
  ]);
});

test('a level that repeats is no edge, and neither is low at the beginning', () => {
  addEdges(columns(['A'], [0, 5, 0], [0, 10, 1], [0, 12, 1], [0, 20, 0]));
  expect(pinEdges.value.get('A')!.map(({ atPs }) => atPs)).toEqual([10, 20]);
});

test('the first pulse is from a rise to the next fall; a pin that only rose has none', () => {
  const edges = [10, 30, 45].map((atPs, at) => ({ atPs, level: at % 2 === 0 ? (1 as const) : (0 as const) }));
  expect(firstPulse(edges)).toEqual({ fromPs: 10, toPs: 30 });
  expect(firstPulse(edges.slice(0, 1))).toBeUndefined();
  expect([neighbour(edges, 30, 1), neighbour(edges, 30, -1), neighbour(edges, 45, 1)]).toEqual([
    45,
    10,
    undefined,
  ]);
});
