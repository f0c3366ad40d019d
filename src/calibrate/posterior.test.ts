import { expect, it } from 'vitest';
import { spread } from '../simulate/uncertainty.ts';
import { fitPosterior } from './posterior.ts';

it('a single measurement of a single parameter gives the precision-weighted mean', () => {
  const { means, covariance } = fitPosterior(
    [{ mean: 10, sigma: 2 }],
    [{ value: 14, sigma: 1, model: ([p]) => p }],
  );
  // Bayes' rule for Gaussians: (10/4 + 14/1) / (1/4 + 1) = 13.2, variance 1 / 1.25 = 0.8.
  expect(means[0]).toBeCloseTo(13.2, 9);
  expect(covariance[0][0]).toBeCloseTo(0.8, 9);
});

it('without measurements the posterior is the prior', () => {
  const { means, covariance } = fitPosterior([{ mean: 3, sigma: 0.5 }], []);
  expect(means).toEqual([3]);
  expect(covariance[0][0]).toBeCloseTo(0.25, 12);
});

it('two parameters seen only as a sum stay uncertain against each other', () => {
  const { covariance } = fitPosterior(
    [
      { mean: 1, sigma: 1 },
      { mean: 1, sigma: 1 },
    ],
    [{ value: 4, sigma: 0.01, model: ([a, b]) => a + b }],
  );
  expect(spread([1, 1], covariance)).toBeLessThan(0.02);
  expect(spread([1, -1], covariance)).toBeCloseTo(Math.SQRT2, 2);
});

it('a model that is not linear is followed to its solution', () => {
  const { means } = fitPosterior([{ mean: 2, sigma: 5 }], [{ value: 9, sigma: 1e-3, model: ([p]) => p * p }]);
  expect(means[0]).toBeCloseTo(3, 2);
});

it('what is learned about one of a group moves the others of the group', () => {
  const shared = { group: 'build', sigma: 1 };
  const { means, covariance } = fitPosterior(
    [
      { mean: 10, sigma: 0.1, shared },
      { mean: 20, sigma: 0.1, shared },
    ],
    [{ value: 12, sigma: 0.01, model: ([a]) => a }],
  );
  // Conditional of a bivariate normal: 20 + 1 / 1.01 / (1 + 0.0001 / 1.01) * (12 - 10), variance 1.01 - 1 / 1.0101.
  expect(means[1]).toBeCloseTo(21.98, 2);
  expect(covariance[1][1]).toBeCloseTo(0.02, 2);
});
