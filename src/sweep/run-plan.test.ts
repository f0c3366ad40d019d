import { expect, test } from 'vitest';
import { BOARDS } from '../boards/index.ts';
import { designSpace } from './design-space.ts';
import { planSweep } from './run-plan.ts';
import { specTemplate } from './template.ts';

const planOf = (intervals: boolean) => {
  const axes = [
    { name: 'filters', values: Array.from({ length: 3000 }, (_, at) => at + 1) },
    { name: 'board', values: ['maixduino'] },
  ];
  const space = designSpace({ model: specTemplate('paper:{filters}'), axes, intervals });
  return planSweep(space, BOARDS, { version: 'test' });
};

test('with intervals, which take far longer, a batch is smaller and results are others', () => {
  const [plain, slow] = [planOf(false), planOf(true)];
  expect([plain.batches, slow.batches]).toEqual([1, 3]);
  expect(slow.key).not.toBe(plain.key);
});
