import { expect, test } from 'vitest';
import { mixed } from './mixture.ts';

const part = (mean: number, sigma: number, weight: number) => ({ mean, sigma, weight });

test('one part is itself', () => {
  const { mean, sigma } = mixed([part(1.5, 0.2, 1)]);
  expect(mean).toBeCloseTo(1.5, 6);
  expect(sigma).toBeCloseTo(0.2, 6);
});

test('two parts that are as likely have their median in the middle and reach over both', () => {
  const { mean, sigma } = mixed([part(0, 0.5, 0.5), part(2, 0.5, 0.5)]);
  expect(mean).toBeCloseTo(1, 6);
  expect(sigma).toBeCloseTo(Math.hypot(1, 0.5), 6);
});

test('the median lies in the part that is likelier, not between them', () => {
  // 0.9 of the first part are 0.55 of what is below: z of 0.5 / 0.9 is 0.1397 (normal tables).
  expect(mixed([part(0, 0.1, 0.9), part(2, 0.1, 0.1)]).mean).toBeCloseTo(0.01397, 4);
});
