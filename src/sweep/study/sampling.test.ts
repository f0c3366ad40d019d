import { describe, expect, test } from 'vitest';
import { latinDigits, shuffledIndex } from './sampling.ts';
import { designSpace } from './design-space.ts';
import { countPoints, pointAt, type Sampling } from './space.ts';
import { specTemplate } from './template.ts';

const values = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

function pointsOf(sampling: Sampling): string[] {
  const space = designSpace({
    model: specTemplate('paper:{f},k={k}'),
    axes: [
      { name: 'f', values: values(10) },
      { name: 'k', values: values(6) },
      { name: 'board', values: ['a', 'b'] },
    ],
    sampling,
  });
  return Array.from({ length: countPoints(space) }, (_, index) => JSON.stringify(pointAt(space, index)));
}

describe('a shuffled index', () => {
  test.each([1, 2, 3, 7, 64, 1000, 4097])('is a permutation of %i', (count) => {
    const seen = new Set(values(count).map((at) => shuffledIndex(at - 1, count, 42)));
    expect(seen.size).toBe(count);
    expect(Math.max(...seen)).toBe(count - 1);
  });

  test('stays inside and exact near 2^53', () => {
    const count = 2 ** 53 - 1;
    const drawn = values(2000).map((at) => shuffledIndex(count - at, count, 3));
    expect(drawn.every((at) => Number.isSafeInteger(at) && at >= 0 && at < count)).toBe(true);
    expect(new Set(drawn).size).toBe(2000);
  });

  test('spreads: of 64 bins of 100,000 the fullest of 6,400 draws has less than twice its share', () => {
    const bins = new Int32Array(64);
    for (let at = 0; at < 6400; at++) bins[Math.floor((shuffledIndex(at, 100_000, 5) / 100_000) * 64)]++;
    expect(Math.max(...bins)).toBeLessThan(200);
    expect(Math.min(...bins)).toBeGreaterThan(50);
  });
});

describe('random points', () => {
  test('never recur; all of them are the grid', () => {
    const all = pointsOf({ method: 'random', points: 120, seed: 9 });
    expect(new Set(all).size).toBe(120);
    expect([...all].sort()).toEqual([...pointsOf({ method: 'grid' })].sort());
  });

  test('the same seed gives the same points, another others', () => {
    const draw = (seed: number) => pointsOf({ method: 'random', points: 40, seed });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});

test('a Latin hypercube takes each value of each axis equally often', () => {
  const axes = [10, 6, 4].map((count, at) => ({ name: `axis${at}`, values: values(count) }));
  const counts = axes.map(({ values: { length } }) => new Int32Array(length));
  const digits = new Int32Array(3);
  for (let index = 0; index < 30; index++) {
    latinDigits(axes, index, { points: 30, seed: 11 }, digits);
    digits.forEach((digit, axis) => counts[axis][digit]++);
  }
  expect(counts.map((each) => [Math.min(...each), Math.max(...each)])).toEqual([
    [3, 3],
    [5, 5],
    [7, 8],
  ]);
});

test('a Latin hypercube pairs the strata of its axes by other permutations each', () => {
  const points = 400;
  const axes = [0, 1, 2].map((at) => ({ name: `axis${at}`, values: values(points) }));
  const drawn = values(points).map((at) => {
    const digits = [0, 0, 0];
    latinDigits(axes, at - 1, { points, seed: 11 }, digits);
    return digits;
  });
  // Independent permutations of n correlate by 0 with a deviation of 1 / sqrt(n - 1), here 0.05.
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    const mean = (points - 1) / 2;
    const products = drawn.map((digits) => (digits[a] - mean) * (digits[b] - mean));
    const variance = (points ** 2 - 1) / 12;
    const correlation = products.reduce((sum, product) => sum + product, 0) / points / variance;
    expect(Math.abs(correlation)).toBeLessThan(0.2);
  }
});

test('a Latin hypercube of another seed is another', () => {
  const axes = [{ name: 'a', values: values(50) }];
  const draw = (seed: number) =>
    values(50).map((at) => {
      const digits = [0];
      latinDigits(axes, at - 1, { points: 50, seed }, digits);
      return digits[0];
    });
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});
