import { expect, test } from 'vitest';
import { withPriors } from './board/calibrated.ts';
import { constantAt } from './board/constant-paths.ts';
import { maixduino } from './index.ts';
import { lintBoard } from './json/lint-board.ts';

const PRIORS = maixduino.calibration!.parameters;

test('the board is sound, plain data', () => {
  expect(lintBoard(maixduino)).toEqual([]);
  expect(structuredClone(maixduino)).toEqual(maixduino);
  expect(JSON.parse(JSON.stringify(maixduino))).toEqual(maixduino);
});

test('before the fit every uncertain constant stands at the mean of its prior', () => {
  const before = withPriors(maixduino);
  const values = PRIORS.map(({ path }) => constantAt(before, path).value);
  expect(values).toEqual(PRIORS.map(({ priorMean }) => priorMean));
  expect(before).not.toHaveProperty('calibration');
});

test.each(PRIORS.map((prior) => [prior.path, prior] as const))(
  '%s: its prior names evidence other than the paper',
  (_path, { priorSource, priorSigma }) => {
    expect(priorSigma).toBeGreaterThan(0);
    expect(priorSource).not.toMatch(/dokic|table 2|oscilloscope/i);
  },
);

// docs/hardware/k210.md#cost-of-a-kpu-layer
test('submission and interrupt of a layer: 4200 core cycles together', () => {
  const constants = ['submitCoreCycles', 'interruptCoreCycles'].map((name) => `units.kpu.constants.${name}`);
  const before = withPriors(maixduino);
  const sum = constants.reduce((total, path) => total + constantAt(before, path).value, 0);
  expect(sum).toBe(4200);
});
