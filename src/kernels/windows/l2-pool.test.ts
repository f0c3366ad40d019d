import { tensor, testRuns, testShapes, testWork } from '../../../test/support/op-tests.ts';

const WINDOW = {
  padding: 'VALID',
  strideH: 1,
  strideW: 1,
  filterH: 1,
  filterW: 2,
  activation: 'NONE',
} as const;

testShapes([['L2_POOL_2D', WINDOW, [tensor([1, 2, 3, 4])], [[1, 2, 2, 4]]]]);

testWork([
  ['L2_POOL_2D', WINDOW, [tensor([1, 1, 3, 1])], { macs: 0, elements: 2, counts: { macsInImage: 4 } }],
]);

const row = (width: number) => ({ shape: [1, 1, width, 1], dtype: 'float32' }) as const;

// Means of squares 1, 49 and 1: 25 and 25; past the edge there is nothing.
testRuns([
  [
    'L2_POOL_2D',
    'root of the mean square',
    { attributes: WINDOW, inputs: [row(3)], output: row(2), given: [[-1, 7, 1]], expected: [5, 5] },
  ],
  [
    'L2_POOL_2D',
    'of the pixels inside, bounded by the fused activation',
    {
      attributes: { ...WINDOW, padding: 'SAME', activation: 'RELU6' },
      inputs: [row(3)],
      output: row(3),
      given: [[-1, 7, 8]],
      expected: [5, 6, 6],
    },
  ],
]);
