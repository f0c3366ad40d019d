import { expect, test } from 'vitest';
import { clamp, roundHalfAway } from './numbers.ts';

test('clamp keeps what lies inside and gives the nearer end for the rest', () => {
  expect([-1, 0, 3, 7, 8].map((value) => clamp(value, 0, 7))).toEqual([0, 0, 3, 7, 7]);
  expect(clamp(Number.NaN, 0, 7)).toBeNaN();
});

test('halves go away from zero, on both sides of it', () => {
  expect([-2.5, -1.4, -0.5, 0.5, 1.4, 2.5].map(roundHalfAway)).toEqual([-3, -1, -1, 1, 1, 3]);
});
