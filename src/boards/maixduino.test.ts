import { expect, test } from 'vitest';
import { lintBoard } from './json/lint-board.ts';
import { MAIXDUINO, MAIXDUINO_PRIOR } from './maixduino.ts';
import { constantAt } from './board/constant-paths.ts';
import { K210_PRIORS } from './socs/k210-priors.ts';

test('the board is sound, plain data', () => {
  expect(lintBoard(MAIXDUINO)).toEqual([]);
  expect(structuredClone(MAIXDUINO)).toEqual(MAIXDUINO);
  expect(JSON.parse(JSON.stringify(MAIXDUINO))).toEqual(MAIXDUINO);
});

test('before the fit every constant in doubt stands at the mean of its prior', () => {
  const values = K210_PRIORS.map(({ path }) => constantAt(MAIXDUINO_PRIOR, path).value);
  expect(values).toEqual(K210_PRIORS.map(({ priorMean }) => priorMean));
});

test.each(K210_PRIORS.map((prior) => [prior.path, prior] as const))(
  '%s: its prior names evidence other than the paper',
  (_path, { priorSource, priorSigma }) => {
    expect(priorSigma).toBeGreaterThan(0);
    expect(priorSource).not.toMatch(/dokic|table 2|oscilloscope/i);
  },
);

// docs/hardware/k210.md#cost-of-a-kpu-layer
test('submission and interrupt of a layer: 4200 core cycles together', () => {
  const constants = ['submitCoreCycles', 'interruptCoreCycles'].map((name) => `units.kpu.constants.${name}`);
  const sum = constants.reduce((total, path) => total + constantAt(MAIXDUINO_PRIOR, path).value, 0);
  expect(sum).toBe(4200);
});
