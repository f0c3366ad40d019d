import { expect, test } from 'vitest';
import { activation, oneOp } from '../../../test/support/one-op.ts';
import {
  tensor,
  testGoldens,
  testRefusals,
  testRuns,
  testShapes,
  testWork,
} from '../../../test/support/op-tests.ts';
import { refusedCall } from '../../deploy/tflm/kernel-refusal.ts';
import { createExecutor } from '../execute/executor.ts';

testShapes([
  ['EQUAL', {}, [tensor([2, 3]), tensor([2, 3])], [[2, 3]]],
  ['LESS', {}, [tensor([2, 1]), tensor([3])], [[2, 3]]],
]);

testRefusals([
  ['EQUAL', {}, [tensor([2]), tensor([2], 'int8')], 'operands are float32 and int8, need one type'],
]);

testWork([
  [
    'EQUAL',
    {},
    [tensor([2, 6]), tensor([2, 6])],
    { elements: 12, storeBytes: 12, counts: { broadcastRows: 0 } },
  ],
  ['LESS', {}, [tensor([2, 3, 6]), tensor([6])], { counts: { broadcastRows: 6 } }],
  ['LESS', {}, [tensor([2, 3, 6]), tensor([])], { counts: { broadcastRows: 1 } }],
  ['LESS', {}, [tensor([1, 3, 6]), tensor([1, 3, 1])], { counts: { broadcastRows: 3 } }],
]);

testGoldens({ GREATER: ['op-greater.float', 'op-greater.int8'] });

const reals = { shape: [3], dtype: 'float32' } as const;
const truths = { shape: [3], dtype: 'bool' } as const;
const compare = (expected: number[]) => ({
  inputs: [reals, reals],
  output: truths,
  given: [
    [1, 2, 3],
    [2, 2, 2],
  ],
  expected,
});

testRuns([
  ['EQUAL', 'float32', compare([0, 1, 0])],
  ['NOT_EQUAL', 'float32', compare([1, 0, 1])],
  ['GREATER', 'float32', compare([0, 0, 1])],
  ['GREATER_EQUAL', 'float32', compare([0, 1, 1])],
  ['LESS', 'float32', compare([1, 0, 0])],
  ['LESS_EQUAL', 'float32', compare([1, 1, 0])],
  [
    'EQUAL',
    'int8 on two scales: 0, 0.5, 1 and 2 against 0, 0.5, 0.75 and 2.25',
    {
      inputs: [activation([4], 'int8', 0.5, 1), activation([4], 'int8', 0.25, -2)],
      output: { shape: [4], dtype: 'bool' },
      given: [
        [1, 2, 3, 5],
        [-2, 0, 1, 7],
      ],
      expected: [1, 1, 0, 0],
    },
  ],
  [
    'NOT_EQUAL',
    'bool against one truth value',
    {
      inputs: [truths, { shape: [], dtype: 'bool' }],
      output: truths,
      given: [[0, 1, 1], [1]],
      expected: [1, 0, 0],
    },
  ],
]);

test('int64 compares beyond what a double holds', () => {
  const wide = { shape: [2], dtype: 'int64' } as const;
  const graph = oneOp('LESS', {}, [wide, wide], { shape: [2], dtype: 'bool' });
  const [out] = createExecutor(graph).run([
    BigInt64Array.of(2n ** 53n, 5n),
    BigInt64Array.of(2n ** 53n + 1n, -5n),
  ]);
  expect(Array.from(out as Uint8Array)).toEqual([1, 0]);
});

test.each([
  [0.5, undefined],
  [1, 'its kernel refuses operand 1 with a scale of 1 or more'],
])('int8 with a scale of %d against 0.5', (scale, refusal) => {
  const inputs = [activation([2], 'int8', 0.5, 0), activation([2], 'int8', scale, 0)];
  const call = { inputs, outputs: [tensor([2], 'bool')], attributes: {} };
  expect(refusedCall('tflm-reference', 'LESS', call)).toBe(refusal);
});

test.each(['bool', 'int16', 'uint8'] as const)('the order of %s is refused as Micro refuses it', (dtype) => {
  const call = {
    inputs: [tensor([2], dtype), tensor([2], dtype)],
    outputs: [tensor([2], 'bool')],
    attributes: {},
  };
  expect(refusedCall('tflm-reference', 'LESS', call)).toContain(
    `its kernel refuses ${dtype} ${dtype} -> bool`,
  );
});
