import type { Curve } from 'inferscope/experiments';
import { expect, test } from 'vitest';
import { guessLine, largestGap } from './guess-line.ts';

const KNOWN = { filters: 7, ms: 1 };

test('a drawn line is straight between its points and level behind the last', () => {
  expect(guessLine(KNOWN, new Map([[9, 2]]))).toEqual([
    { filters: 7, ms: 1 },
    { filters: 8, ms: 1.5 },
    { filters: 9, ms: 2 },
    { filters: 10, ms: 2 },
  ]);
  expect(guessLine(KNOWN, new Map()).map(({ ms }) => ms)).toEqual([1, 1, 1, 1]);
});

test('the largest gap is where the line is farthest from the curve, above or below; points without a time have none', () => {
  const points = [
    { filters: 7, latencyMs: { value: 1 } },
    { filters: 8, latencyMs: { value: 1.1 } },
    { filters: 9, refusal: 'does not fit' },
    { filters: 10, latencyMs: { value: 1.2 } },
  ];
  const curve = { board: 'x', measured: [], points } as unknown as Curve;
  expect(largestGap(guessLine(KNOWN, new Map([[10, 4]])), curve)).toEqual({
    filters: 10,
    ms: 4,
    trueMs: 1.2,
  });
  expect(largestGap([{ filters: 12, ms: 1 }], curve)).toBeUndefined();
});
