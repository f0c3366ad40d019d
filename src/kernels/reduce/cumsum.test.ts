import { activation, constant } from '../../../test/support/one-op.ts';
import {
  ints,
  tensor,
  testRefusals,
  testRuns,
  testShapes,
  testWork,
} from '../../../test/support/op-tests.ts';

const PLAIN = { exclusive: false, reverse: false };

testShapes([['CUMSUM', PLAIN, [tensor([2, 3]), ints(-1)], [[2, 3]]]]);

testRefusals([['CUMSUM', PLAIN, [tensor([2]), ints(1)], 'axis 1 is outside a shape of 1 dimensions']]);

testWork([['CUMSUM', PLAIN, [tensor([2, 3]), ints(1)], { elements: 6, loadBytes: 24, weightBytes: 0 }]]);

const reals = { shape: [2, 3], dtype: 'float32' } as const;
const sums = (attributes: object, axis: number, expected: number[]) => ({
  attributes,
  inputs: [reals, constant([axis], [1], 'int32')],
  output: reals,
  given: [[1, 2, 3, 4, 5, 6]],
  expected,
});

testRuns([
  ['CUMSUM', 'along rows', sums(PLAIN, 1, [1, 3, 6, 4, 9, 15])],
  ['CUMSUM', 'along columns', sums(PLAIN, 0, [1, 2, 3, 5, 7, 9])],
  ['CUMSUM', 'each without its own', sums({ exclusive: true, reverse: false }, 1, [0, 1, 3, 0, 4, 9])],
  ['CUMSUM', 'from the end', sums({ exclusive: false, reverse: true }, 1, [6, 5, 3, 15, 11, 6])],
  [
    'CUMSUM',
    'int8: what TensorFlow Lite Micro gives, which starts at minus the zero point',
    {
      attributes: PLAIN,
      inputs: [activation([4], 'int8', 0.5, 10), constant([0], [1], 'int32')],
      output: activation([4], 'int8', 0.5, 0),
      given: [[13, 10, 14, -28]],
      expected: [-7, -7, -3, -41],
    },
  ],
]);
