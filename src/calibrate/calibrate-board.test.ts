import { expect, it, test } from 'vitest';
import { isSameFit } from './calibrate-board.ts';

const FIT = {
  values: [100, 2],
  covariance: [
    [25, 0.5],
    [0.5, 0.04],
  ],
  residualMs: 0.02,
};

it('a fit is the same as itself, and as one whose numbers moved by less than a thousandth of their uncertainty', () => {
  expect(isSameFit(FIT, FIT)).toBe(true);
  expect(isSameFit(FIT, { ...FIT, values: [100.004, 1.99985] })).toBe(true);
});

test.each([
  ['a constant moved', { ...FIT, values: [100, 2.0003] }],
  ['a variance moved', { ...FIT, covariance: [FIT.covariance[0], [0.5, 0.0401]] }],
  ['a covariance moved', { ...FIT, covariance: [[25, 0.502], FIT.covariance[1]] }],
  ['the residual moved', { ...FIT, residualMs: 0.0201 }],
  ['a constant is missing', { ...FIT, values: [100] }],
  ['a constant is new', { ...FIT, values: [100, 2, 1] }],
  ['the covariance lacks a row', { ...FIT, covariance: [FIT.covariance[0]] }],
])('a fit is another where %s', (_, other) => {
  expect(isSameFit(FIT, other)).toBe(false);
});
