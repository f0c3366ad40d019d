import { expect, test } from 'vitest';
import { BOARDS } from '../boards/index.ts';
import { designSpace } from './design-space.ts';
import { planSweep } from './run-plan.ts';
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
  [262_144, 32],
  [1_048_575, 64],
  [1_048_576, 32],
])('%i points are cut into %i batches: enough for many workers, and no more than pays', (points, batches) => {
  expect(planOf(points).batches).toBe(batches);
});

test('a search is one batch, as each worker runs the whole search', () => {
  const sampling = { method: 'search', points: 30_000, seed: 1 } as const;
  expect(planOf(100_000, { sampling }).batches).toBe(1);
});
