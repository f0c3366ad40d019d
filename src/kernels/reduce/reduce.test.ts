import { expect, test } from 'vitest';
import { refusedCall } from '../../deploy/tflm/kernel-refusal.ts';
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
  ['ARG_MIN', {}, [tensor([2, 10, 3]), scalar(-1)], [[2, 10]]],
  ['REDUCE_MAX', { keepDims: true }, [tensor([1, 7, 6, 5]), ints(1, 2)], [[1, 1, 1, 5]]],
  ['REDUCE_MIN', { keepDims: false }, [tensor([3, 4]), scalar(0)], [[4]]],
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
  [
    'SUM',
    { keepDims: false },
    [tensor([1, 4, 4, 3]), ints(1, 2)],
    { counts: { innerRows: 16, pooledElements: 0 } },
  ],
  ['MEAN', { keepDims: true }, [tensor([1, 4, 4, 3]), ints(2, -3)], { counts: { pooledElements: 48 } }],
  ['MEAN', { keepDims: true }, [tensor([1, 4, 4, 3]), ints(1)], { counts: { pooledElements: 0 } }],
  [
    'REDUCE_MAX',
    { keepDims: true },
    [tensor([2, 10]), ints(1)],
    { counts: { inputElements: 20, innerRows: 2 } },
  ],
  ['REDUCE_MIN', { keepDims: true }, [tensor([2, 10]), ints(1)], {}],
  ['ARG_MIN', {}, [tensor([2, 10]), ints(1)], {}],
  ['ARG_MAX', {}, [tensor([2, 10]), ints(1)], { counts: { reduced: 10 } }],
]);

testGoldens({
  MEAN: ['op-mean_13_1.float', 'op-mean_12_1.int8', 'op-mean_b3.int8'],
  ARG_MAX: ['op-argmax.float', 'op-argmax.int8'],
  ARG_MIN: ['op-argmin.float', 'op-argmin.int8'],
  REDUCE_MAX: ['op-rmax_12.float', 'op-rmax_12.int8'],
  REDUCE_MIN: ['op-rmin_3.float', 'op-rmin_3.int8'],
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
  [
    'REDUCE_MIN',
    'float32, over both axes, below 0 and with equal ones',
    {
      attributes: { keepDims: false },
      inputs: [{ shape: [2, 3], dtype: 'float32' }, constant([0, 1], [2], 'int32')],
      output: { shape: [], dtype: 'float32' },
      given: [[-1, -3, 2, -3, 5, 6]],
      expected: [-3],
    },
  ],
  [
    'ARG_MIN',
    'int8: the first of equal ones',
    {
      inputs: [activation([4], 'int8', 0.5, 1), constant([0], [1], 'int32')],
      output: { shape: [], dtype: 'int32' },
      given: [[3, -5, -5, 7]],
      expected: [1],
    },
  ],
]);

test('REDUCE_MAX of int8 into another scale is refused as Micro refuses it', () => {
  const inputs = [activation([2, 3], 'int8', 0.5, 1), ints(1)];
  const call = { inputs, outputs: [activation([2], 'int8', 0.25, 1)], attributes: {} };
  expect(refusedCall('tflm-reference', 'REDUCE_MAX', call)).toContain('int8 output of another scale');
});
