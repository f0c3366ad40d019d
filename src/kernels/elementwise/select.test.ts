import { expect, test } from 'vitest';
import { tensor, testRefusals, testRuns, testShapes, testWork } from '../../../test/support/op-tests.ts';
import { refusedCall } from '../../deploy/tflm/kernel-refusal.ts';

const OP = 'SELECT_V2';
const truths = tensor([2, 1], 'bool');

testShapes([[OP, {}, [truths, tensor([3]), tensor([])], [[2, 3]]]]);

testRefusals([
  [OP, {}, [tensor([2]), tensor([2]), tensor([2])], 'the condition is float32, needs bool'],
  [OP, {}, [truths, tensor([2]), tensor([2], 'int8')], 'operands are float32 and int8, need one type'],
]);

testWork([[OP, {}, [truths, tensor([2, 3]), tensor([2, 3])], { elements: 6, counts: { broadcastRows: 2 } }]]);

testRuns([
  [
    OP,
    'rows of one operand, one value of the other',
    {
      inputs: [truths, { shape: [3], dtype: 'int8' }, { shape: [], dtype: 'int8' }],
      output: { shape: [2, 3], dtype: 'int8' },
      given: [[0, 1], [1, 2, 3], [-9]],
      expected: [-9, -9, -9, 1, 2, 3],
    },
  ],
]);

test.each(['int32', 'uint8'] as const)('%s is refused as Micro refuses it', (dtype) => {
  const call = {
    inputs: [truths, tensor([2, 1], dtype), tensor([2, 1], dtype)],
    outputs: [],
    attributes: {},
  };
  expect(refusedCall('tflm-reference', OP, call)).toContain(`its kernel refuses bool ${dtype} ${dtype}`);
});
