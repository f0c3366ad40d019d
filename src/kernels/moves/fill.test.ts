import { expect, test } from 'vitest';
import { constant } from '../../../test/support/one-op.ts';
import {
  ints,
  scalar,
  tensor,
  testRefusals,
  testRuns,
  testShapes,
  testWork,
} from '../../../test/support/op-tests.ts';
import { zerosLike } from './fill.ts';

testShapes([
  ['FILL', {}, [ints(2, 3), tensor([], 'int8')], [[2, 3]]],
  ['ZEROS_LIKE', {}, [tensor([2, 3])], [[2, 3]]],
]);

testRefusals([
  ['FILL', {}, [ints(2, -1), tensor([])], 'shape [2,-1] has a side below 0'],
  ['FILL', {}, [ints(2), tensor([1])], 'value [1] is no scalar'],
  ['FILL', {}, [tensor([2], 'int32'), scalar(1)], 'shape is computed while the model runs'],
]);

testWork([
  ['FILL', {}, [ints(2, 3), tensor([])], { elements: 6, storeBytes: 24 }],
  ['ZEROS_LIKE', {}, [tensor([2, 3])], { elements: 6, storeBytes: 24 }],
]);

testRuns([
  [
    'FILL',
    'a value that the model computes',
    {
      inputs: [constant([3], [1], 'int32'), { shape: [], dtype: 'int8' }],
      output: { shape: [3], dtype: 'int8' },
      given: [[7]],
      expected: [7, 7, 7],
    },
  ],
  [
    'ZEROS_LIKE',
    'stored zeros, whatever the zero point',
    {
      inputs: [{ shape: [2], dtype: 'int8', quantization: { scales: [1], zeroPoints: [5], axis: 0 } }],
      output: { shape: [2], dtype: 'int8', quantization: { scales: [1], zeroPoints: [5], axis: 0 } },
      given: [[3, 4]],
      expected: [0, 0],
    },
  ],
]);

test('ZEROS_LIKE of 64-bit integers', () => {
  const out = BigInt64Array.of(1n, 2n);
  zerosLike.prepare({}, [], [tensor([2], 'int64')]).run([], [out as never]);
  expect([...out]).toEqual([0n, 0n]);
});
