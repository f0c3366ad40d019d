import { expect, test } from 'vitest';
import { activation } from '../../../test/support/one-op.ts';
import { tensor, testRefusals, testRuns, testShapes, testWork } from '../../../test/support/op-tests.ts';
import { refusedCall } from '../../deploy/tflm/kernel-refusal.ts';

testShapes([['ADD_N', {}, [tensor([2, 3]), tensor([2, 3]), tensor([2, 3])], [[2, 3]]]]);

testRefusals([
  ['ADD_N', {}, [tensor([2])], 'needs two operands or more'],
  ['ADD_N', {}, [tensor([2]), tensor([1])], 'operands are [2] and [1], need one shape'],
  ['ADD_N', {}, [tensor([2]), tensor([2], 'int8')], 'operands are float32 and int8, need one type'],
]);

testWork([
  [
    'ADD_N',
    {},
    [tensor([6]), tensor([6]), tensor([6])],
    { elements: 6, loadBytes: 72, counts: { operands: 3 } },
  ],
]);

const reals = { shape: [2], dtype: 'float32' } as const;
const stored = activation([6], 'int8', 0.25, 10);

testRuns([
  [
    'ADD_N',
    'float32',
    {
      inputs: [reals, reals, reals],
      output: reals,
      given: [
        [1, 2],
        [0.5, -2],
        [4, 8],
      ],
      expected: [5.5, 8],
    },
  ],
  [
    'ADD_N',
    'int8: what TensorFlow Lite Micro gives, which starts at minus the zero point',
    {
      inputs: [stored, stored],
      output: activation([6], 'int8', 0.5, 0),
      given: [
        [0, 1, 2, 3, 10, -100],
        [0, 0, 0, 3, 10, -50],
      ],
      expected: [-15, -15, -14, -12, -5, -90],
    },
  ],
]);

test('int8 operands of two scales are refused as Micro refuses them', () => {
  const call = { inputs: [stored, activation([6], 'int8', 0.5, 10)], outputs: [stored], attributes: {} };
  expect(refusedCall('tflm-reference', 'ADD_N', call)).toBe(
    'its kernel refuses int8 operands of different scales; it takes one scale',
  );
});
