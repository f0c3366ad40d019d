import { expect, test } from 'vitest';
import { BOARDS } from '../../boards/index.ts';
import { designSpace } from './design-space.ts';
import { planRange, planSweep } from './run-plan.ts';
import { specTemplate } from './template.ts';

const planOf = (filters: number, more: Partial<Parameters<typeof designSpace>[0]> = {}) => {
  const axes = [
    { name: 'filters', values: Array.from({ length: filters }, (_, at) => at + 1) },
    { name: 'board', values: ['maixduino'] },
  ];
  const space = designSpace({ model: specTemplate('paper:{filters}'), axes, ...more });
  return planSweep(space, BOARDS, { version: 'test' });
};

test('with intervals, which take far longer, a batch is smaller and results are others', () => {
  const [plain, slow] = [planOf(3000), planOf(3000, { intervals: true })];
  expect([plain.batches, slow.batches]).toEqual([1, 3]);
  expect(slow.key).not.toBe(plain.key);
});

test.each([
  [4096, 1],
  [100_000, 25],
  [262_143, 64],
  [262_144, 34],
  [1_048_575, 73],
  [1_048_576, 38],
])('%i points are cut into %i batches: enough for many workers, and no more than pays', (points, batches) => {
  expect(planOf(points).batches).toBe(batches);
});

test('batches hold every point once, and the last ones are smaller, so that nobody waits long for them', () => {
  const plan = planOf(600_001);
  const ranges = Array.from({ length: plan.batches }, (_, batch) => planRange(plan, batch));
  expect(ranges.map(({ from }) => from)).toEqual([0, ...ranges.slice(0, -1).map(({ to }) => to)]);
  expect(ranges.at(-1)!.to).toBe(600_001);
  const sizes = ranges.map(({ from, to }) => to - from);
  expect(sizes.slice(0, 34)).toEqual(Array<number>(34).fill(16_384));
  expect(sizes.slice(34)).toEqual([...Array<number>(10).fill(4096), 1985]);
});

test('a search is one batch, as each worker runs the whole search', () => {
  const sampling = { method: 'search', points: 30_000, seed: 1 } as const;
  expect(planOf(100_000, { sampling }).batches).toBe(1);
});
