import { expect, test } from 'vitest';
import { oneOp } from '../../../test/support/one-op.ts';
import { tensor, testGoldens, testRuns, testShapes, testWork } from '../../../test/support/op-tests.ts';
import { refusedCall } from '../../deploy/tflm/kernel-refusal.ts';
import { createExecutor } from '../execute/executor.ts';

testShapes([['CAST', {}, [tensor([2, 3], 'int32')], [[2, 3]]]]);

testWork([['CAST', {}, [tensor([6], 'int8')], { elements: 6, loadBytes: 6, storeBytes: 24 }]]);

testGoldens({ CAST: ['op-greater.float', 'op-greater.int8'] });

const to = (dtype: 'int8' | 'int32' | 'bool', given: number[], expected: number[]) => ({
  inputs: [{ shape: [given.length], dtype: 'float32' }] as const,
  output: { shape: [given.length], dtype },
  given: [given],
  expected,
});

testRuns([
  ['CAST', 'float32 to int32, toward 0', to('int32', [1.9, -1.9, 0], [1, -1, 0])],
  ['CAST', 'float32 to int8, wrapped', to('int8', [127.5, 130, -129], [127, -126, 127])],
  ['CAST', 'float32 to bool: whatever is not 0', to('bool', [0, 0.25, -3], [0, 1, 1])],
  [
    'CAST',
    'int8 to float32, without its scale',
    {
      inputs: [{ shape: [2], dtype: 'int8', quantization: { scales: [0.5], zeroPoints: [3], axis: 0 } }],
      output: { shape: [2], dtype: 'float32' },
      given: [[-7, 8]],
      expected: [-7, 8],
    },
  ],
]);

test.each([
  ['int64 to int32', 'int64', 'int32', BigInt64Array.of(-5n, 7n), [-5, 7]],
  ['float32 to int64', 'float32', 'int64', Float32Array.of(-5.5, 7), [-5n, 7n]],
] as const)('%s is computed, though Micro has no kernel for it', (_, from, into, values, expected) => {
  const [input, output] = [tensor([2], from), tensor([2], into)];
  const [out] = createExecutor(oneOp('CAST', {}, [input], output)).run([values]);
  expect(Array.from(out as Int32Array)).toEqual(expected);
  const call = { inputs: [input], outputs: [output], attributes: {} };
  expect(refusedCall('tflm-reference', 'CAST', call)).toContain(`its kernel refuses ${from} -> ${into}`);
});
