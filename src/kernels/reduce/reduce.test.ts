import { activation, constant } from '../../../test/support/one-op.ts';
import {
  ints,
  scalar,
  tensor,
  testGoldens,
  testRefusals,
  testRuns,
  testShapes,
  testWork,
} from '../../../test/support/op-tests.ts';

testShapes([
  ['MEAN', { keepDims: false }, [tensor([1, 7, 6, 5]), ints(1, 2)], [[1, 5]]],
  ['MEAN', { keepDims: true }, [tensor([1, 7, 6, 5]), ints(-1, 3)], [[1, 7, 6, 1]]],
  ['SUM', { keepDims: false }, [tensor([3, 4]), scalar(-2)], [[4]]],
  ['ARG_MAX', {}, [tensor([2, 10, 3]), scalar(1)], [[2, 3]]],
]);

testRefusals([
  ['MEAN', { keepDims: false }, [tensor([4]), ints(1)], 'axis 1 is outside a shape of 1 dimensions'],
  ['MEAN', { keepDims: false }, [tensor([4]), tensor([1])], 'axes is computed while the model runs'],
  [
    'MEAN',
    { keepDims: false },
    [tensor([4]), { ...tensor([1]), data: new Uint8Array(4) }],
    'axes is float32, needs integers',
  ],
  ['ARG_MAX', {}, [tensor([2]), ints(0, 1)], 'needs one axis and elements, got 2 axes'],
]);

testWork([
  ['MEAN', { keepDims: false }, [tensor([1, 4, 4, 3]), ints(1, 2)], { counts: { reduced: 16, outputs: 3 } }],
  ['SUM', { keepDims: false }, [tensor([1, 4, 4, 3]), ints(1, 2)], {}],
  ['ARG_MAX', {}, [tensor([2, 10]), ints(1)], { counts: { reduced: 10 } }],
]);

testGoldens({
  MEAN: ['op-mean_13_1.float', 'op-mean_12_1.int8', 'op-mean_b3.int8'],
  ARG_MAX: ['op-argmax.float', 'op-argmax.int8'],
});

// Rows 1 2 3 and 4 5 6, summed along each axis; on scale 0.5 with zero point 1 the reals are half of what lies above 1.
testRuns([
  [
    'SUM',
    'float32, along the first axis',
    {
      attributes: { keepDims: false },
      inputs: [{ shape: [2, 3], dtype: 'float32' }, constant([0], [1], 'int32')],
      output: { shape: [3], dtype: 'float32' },
      given: [[1, 2, 3, 4, 5, 6]],
      expected: [5, 7, 9],
    },
  ],
  [
    'SUM',
    'int8, along the last axis, twice as coarse',
    {
      attributes: { keepDims: true },
      inputs: [activation([2, 3], 'int8', 0.5, 1), constant([1], [1], 'int32')],
      output: activation([2, 1], 'int8', 1, -3),
      given: [[3, 5, 7, 1, 1, -9]],
      expected: [3, -8],
    },
  ],
]);
