import { expect, it } from 'vitest';
import { activation } from '../../../test/support/one-op.ts';
import {
  tensor,
  testGoldens,
  testRefusals,
  testRuns,
  testShapes,
  testWork,
} from '../../../test/support/op-tests.ts';
import { refusedBy } from '../definition/kernel-limits.ts';
import { batchMatmul } from './batch-matmul.ts';

const OP = 'BATCH_MATMUL';
const PLAIN = { adjX: false, adjY: false };
const LEFT = { adjX: true, adjY: false };
const RIGHT = { adjX: false, adjY: true };

testGoldens({ [OP]: ['op-bmm.float', 'op-bmm.int8', 'op-bmm_adj.float', 'op-bmm_adj.int8', 'net-mha.int8'] });

testShapes([
  [OP, PLAIN, [tensor([2, 3]), tensor([3, 5])], [[2, 5]]],
  [OP, RIGHT, [tensor([4, 2, 3]), tensor([5, 3])], [[4, 2, 5]]],
  [OP, LEFT, [tensor([1, 7, 3, 2]), tensor([6, 1, 3, 5])], [[6, 7, 2, 5]]],
]);

testRefusals([
  [OP, PLAIN, [tensor([3]), tensor([3, 5])], 'needs 2 dimensions or more on both sides, got [3] and [3,5]'],
  [OP, PLAIN, [tensor([2, 3]), tensor([5, 3])], '3 columns on the left, 5 rows on the right'],
  [OP, PLAIN, [tensor([2, 2, 3]), tensor([4, 3, 5])], 'batches [2] and [4] do not broadcast'],
  [OP, PLAIN, [tensor([2, 3]), tensor([3, 5], 'int8')], 'float32 by int8; both sides need one type'],
]);

testWork([
  [
    OP,
    PLAIN,
    [tensor([4, 2, 3]), tensor([3, 5])],
    {
      macs: 4 * 2 * 3 * 5,
      loadBytes: 4 * (24 + 15),
      counts: { outputs: 40, matrices: 4, matrixRows: 8, transposed: 15 },
    },
  ],
  [OP, { adjX: true, adjY: true }, [tensor([3, 2]), tensor([5, 3])], { counts: { transposed: 6 } }],
]);

const ROWS = [1, 2, 3, 4, 5, 6];
const reals = (...shape: number[]) => ({ shape, dtype: 'float32' }) as const;
const ints = (...shape: number[]) => activation(shape, 'int8', 0.5, 1);
const wide = (...shape: number[]) => activation(shape, 'int16', 0.25, 0);

testRuns([
  // [[1 2 3] [4 5 6]] by [[1 2] [3 4] [5 6]].
  [
    OP,
    'float32',
    {
      attributes: PLAIN,
      inputs: [reals(2, 3), reals(3, 2)],
      output: reals(2, 2),
      given: [ROWS, ROWS],
      expected: [22, 28, 49, 64],
    },
  ],
  // The same sides from their transposes, the right one for both of two batches.
  [
    OP,
    'transposed on both sides, broadcast',
    {
      attributes: { adjX: true, adjY: true },
      inputs: [reals(2, 3, 2), reals(2, 3)],
      output: reals(2, 2, 2),
      given: [
        [1, 4, 2, 5, 3, 6, 0, 0, 0, 1, 0, 0],
        [1, 3, 5, 2, 4, 6],
      ],
      expected: [22, 28, 49, 64, 0, 0, 3, 4],
    },
  ],
  // Steps of 0.5 above 1: 3 and 5 are 1 and 2, so 1 x 2 + 2 x 1 = 4, eight steps of 0.5 above 1.
  [
    OP,
    'int8',
    {
      attributes: PLAIN,
      inputs: [ints(1, 2), ints(2, 1)],
      output: ints(1, 1),
      given: [
        [3, 5],
        [5, 3],
      ],
      expected: [9],
    },
  ],
  // 30000 x 0.25 squared twice is far beyond 32 bits of sum: it saturates.
  [
    OP,
    'int16',
    {
      attributes: PLAIN,
      inputs: [wide(1, 3), wide(3, 1)],
      output: wide(1, 1),
      given: [
        [30000, 30000, 30000],
        [4, 0, 0],
      ],
      expected: [30000],
    },
  ],
]);

it('takes int16 with a zero point of 0 only', () => {
  const call = (zeroPoint: number) => {
    const sides = [2, 3].map(() => activation([2, 2], 'int16', 1, zeroPoint));
    return { inputs: sides, outputs: [sides[0]!], attributes: PLAIN };
  };
  expect(refusedBy(batchMatmul.tflm!.limits!, call(0))).toBeUndefined();
  expect(refusedBy(batchMatmul.tflm!.limits!, call(3))).toMatch('it takes a zero point of 0');
});
