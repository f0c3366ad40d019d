import { expect, test } from 'vitest';
import { predictWithFactor } from './inferred-factor.ts';
import { PopulationFit, type MeasuredFitRow } from './population-fit.ts';

const SPREADS = { inferred: 1, row: 0.02 };
const row = (instructions: number, logCycles: number): MeasuredFitRow => ({
  effects: [{ name: 'core', spread: 0.5 }],
  instructions: [instructions],
  logCycles,
});

/** A core of two cycles an instruction, and a source that prints all of its times three times too long. */
const good = [100, 1000, 5000].map((count) => row(count, Math.log(2 * count)));
const tripled = [300, 4000].map((count) => row(count, Math.log(6 * count)));
const fit = new PopulationFit(good, SPREADS.row);

test('a source that is off by one factor is predicted with it once its other rows are seen, and in doubt before', () => {
  const alone = predictWithFactor(fit, [], row(800, 0), SPREADS);
  const told = predictWithFactor(fit, tripled, row(800, 0), SPREADS);
  expect(Math.exp(alone.mean) / (2 * 800)).toBeCloseTo(1, 1);
  expect(alone.sigma).toBeGreaterThan(0.9);
  expect(Math.exp(told.mean) / (6 * 800)).toBeCloseTo(1, 1);
  expect(told.sigma).toBeLessThan(0.1);
});

test('the fit learns nothing of them', () => {
  const before = fit.predict(row(800, 0)).mean;
  predictWithFactor(fit, tripled, row(800, 0), SPREADS);
  expect(fit.predict(row(800, 0)).mean).toBe(before);
});
