import { expect, test } from 'vitest';
import type { CellResult } from './cell.ts';
import { findLeadChanges } from './crossover.ts';

const cell = (filters: number, board: string, latencyMs: number): CellResult => ({
  ok: true,
  filters,
  kernel: 3,
  side: 14,
  board,
  latencyMs,
  lowMs: latencyMs,
  highMs: latencyMs,
  reportedMs: latencyMs,
  domain: 'inside',
  macs: 0,
  flashBytes: 0,
  ramBytes: 0,
  fits: true,
});

test('the fastest board is named where it changes, and only there', () => {
  const results = [
    cell(1, 'a', 1),
    cell(1, 'b', 2),
    cell(2, 'a', 2),
    cell(2, 'b', 3),
    cell(3, 'a', 5),
    cell(3, 'b', 4),
  ];
  expect(findLeadChanges(results)).toEqual([
    { kernel: 3, side: 14, filters: 1, board: 'a', latencyMs: 1 },
    { kernel: 3, side: 14, filters: 3, board: 'b', latencyMs: 4 },
  ]);
});
