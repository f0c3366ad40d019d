import { describe, expect, test } from 'vitest';
import { BOARDS } from '../../boards/index.ts';
import { columnOf, numbersOf } from '../study/batch.ts';
import { designSpace } from '../study/design-space.ts';
import { createEvaluator } from '../evaluate/evaluator.ts';
import { paretoFront } from '../answers/pareto.ts';
import { countPoints, type DesignSpace, type Sampling } from '../study/space.ts';
import { specTemplate } from '../study/template.ts';
import { crowdingOf, sortFronts, type Scored } from './dominance.ts';
import { searchGrid } from './nsga2.ts';

const scored = (...costs: number[]): Scored => ({ costs, violation: 0 });

describe('fronts', () => {
  test('by hand: each front is beaten by the one before', () => {
    const population = [scored(1, 4), scored(2, 2), scored(4, 1), scored(3, 3), scored(4, 4)];
    expect(sortFronts(population)).toEqual([[0, 1, 2], [3], [4]]);
  });

  test('a point that breaks a constraint comes behind all that break none', () => {
    expect(sortFronts([{ costs: [0, 0], violation: 1 }, scored(9, 9)])).toEqual([[1], [0]]);
  });

  test('crowding: ends infinite, the middle by its neighbours, over the range of each objective', () => {
    const population = [scored(0, 10), scored(2, 4), scored(10, 0)];
    expect([...crowdingOf(population, [0, 1, 2]).values()]).toEqual([Infinity, 2, Infinity]);
  });
});

// ZDT1 and ZDT2 (Zitzler, Deb, Thiele 2000) with 4 variables of 33 values: the front is where all but the first are 0.
const BASES = [33, 33, 33, 33];

function zdt(shape: (ratio: number) => number): (points: readonly number[]) => Scored[] {
  return (points) =>
    points.map((point) => {
      const x = [3, 2, 1, 0].map((power) => (Math.floor(point / 33 ** power) % 33) / 32);
      const g = 1 + (9 * (x[1] + x[2] + x[3])) / 3;
      return scored(x[0], g * shape(x[0] / g));
    });
}

const SHAPES = [
  ['ZDT1, convex', (ratio: number) => 1 - Math.sqrt(ratio)],
  ['ZDT2, concave', (ratio: number) => 1 - ratio ** 2],
] as const;

describe.each(SHAPES)('%s, 33^4 points', (_, shape) => {
  const evaluate = zdt(shape);
  const search = (seed: number) => searchGrid({ bases: BASES, points: 6000, seed, population: 60, evaluate });

  test.each([1, 2, 3])(
    '0.5 %% of the grid find at least 30 of the 33 points of the front (seed %i)',
    (seed) => {
      const asked = new Set(search(seed));
      const front = Array.from({ length: 33 }, (_, at) => at * 33 ** 3);
      expect(front.filter((point) => asked.has(point)).length).toBeGreaterThanOrEqual(30);
    },
  );

  test('no point is asked for twice, and the same seed asks for the same', () => {
    const asked = search(5);
    expect(asked.length).toBe(6000);
    expect(new Set(asked).size).toBe(6000);
    expect(search(5)).toEqual(asked);
    expect(search(6)).not.toEqual(asked);
  });
});

test('a budget of the whole grid asks for every point once', () => {
  const asked = searchGrid({
    ...{ bases: [5, 1, 7], points: 35, seed: 1, population: 8 },
    evaluate: (points) => points.map((point) => scored(point)),
  });
  expect([...asked].sort((a, b) => a - b)).toEqual(Array.from({ length: 35 }, (_, at) => at));
});

describe('a search of the paper family', () => {
  const study = (sampling: Sampling): DesignSpace =>
    designSpace({
      model: specTemplate('paper:{filters},k={kernel},size={size}'),
      axes: [
        { name: 'filters', values: Array.from({ length: 128 }, (_, at) => at + 1) },
        { name: 'kernel', values: [1, 3, 5, 7] },
        { name: 'size', values: Array.from({ length: 20 }, (_, at) => 8 + 2 * at) },
        { name: 'board', values: BOARDS.map(({ id }) => id) },
      ],
      sampling,
      objectives: [
        { metric: 'latencyMs', goal: 'min' },
        { metric: 'macs', goal: 'max' },
      ],
    });
  /** Share of a box up to 1 s that the front dominates. */
  const volumeOf = (sampling: Sampling): number => {
    const space = study(sampling);
    const results = createEvaluator(space, BOARDS).evaluate(0, countPoints(space));
    const [latencyMs, macs] = [numbersOf(results, 'latencyMs'), numbersOf(results, 'macs')];
    const front = paretoFront(results, space.objectives);
    return front.reduce((volume, row, at) => {
      const untilMs = at + 1 < front.length ? latencyMs[front[at + 1]] : 1000;
      return volume + (untilMs - latencyMs[row]) * macs[row];
    }, 0);
  };
  const whole = volumeOf({ method: 'grid' });

  test.each([1, 2, 3])(
    'a twentieth of the grid, seed %i, finds a front of at least 98 %% of its volume',
    (seed) => {
      const found = volumeOf({ method: 'search', points: 1024, seed, population: 40 });
      expect(found / whole).toBeGreaterThan(0.98);
      expect(found / whole).toBeLessThanOrEqual(1);
      expect(found).toBeGreaterThan(volumeOf({ method: 'random', points: 1024, seed }));
    },
  );

  test('any batch of it is the same, whoever evaluates it', () => {
    const space = study({ method: 'search', points: 200, seed: 3, population: 20 });
    const whole = createEvaluator(space, BOARDS).evaluate(0, 200);
    const part = createEvaluator(space, BOARDS).evaluate(150, 200);
    expect(columnOf(part, 'latencyMs').values).toEqual(columnOf(whole, 'latencyMs').values.slice(150));
  });
});
