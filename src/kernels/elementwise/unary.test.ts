import { expect, test } from 'vitest';
import { activation, oneOp } from '../../../test/support/one-op.ts';
import { createExecutor } from '../execute/executor.ts';
import { tensor, testGoldens, testRuns, testShapes, testWork } from '../../../test/support/op-tests.ts';

testShapes([
  ['LOGISTIC', {}, [tensor([2, 3])], [[2, 3]]],
  ['TANH', {}, [tensor([2, 3])], [[2, 3]]],
  ['RELU', {}, [tensor([])], [[]]],
  ['RELU6', {}, [tensor([1, 2, 3, 4])], [[1, 2, 3, 4]]],
  ['LEAKY_RELU', { alpha: 0.1 }, [tensor([5])], [[5]]],
  ['HARD_SWISH', {}, [tensor([1, 7])], [[1, 7]]],
  ['ABS', {}, [tensor([2, 1, 3], 'int8')], [[2, 1, 3]]],
]);

testWork([
  ['RSQRT', {}, [tensor([6])], {}],
  ['ELU', {}, [tensor([6])], {}],
  ['LOGICAL_NOT', {}, [tensor([6], 'bool')], { loadBytes: 6, storeBytes: 6 }],
  ['LOGISTIC', {}, [tensor([6])], {}],
  ['TANH', {}, [tensor([6])], {}],
  ['RELU', {}, [tensor([6])], {}],
  ['RELU6', {}, [tensor([6])], {}],
  ['LEAKY_RELU', { alpha: 0.1 }, [tensor([6])], {}],
  ['HARD_SWISH', {}, [tensor([6])], {}],
  ['ABS', {}, [tensor([6])], { macs: 0, elements: 6, loadBytes: 24, storeBytes: 24, weightBytes: 0 }],
]);

testGoldens({
  LOGISTIC: ['op-u_sigmoid.float', 'op-u_sigmoid.int8', 'op-u_sigmoid.i16'],
  TANH: ['op-u_tanh.float', 'op-u_tanh.int8', 'op-u_tanh.i16'],
  RELU: ['op-u_relu.float', 'op-u_relu.int8'],
  LEAKY_RELU: ['op-lrelu_0.3.float', 'op-lrelu_0.3.int8'],
  HARD_SWISH: ['op-u_hswish.float', 'op-u_hswish.int8'],
  RSQRT: ['op-u_rsqrt.float', 'op-u_rsqrt.int8'],
});

const real = { shape: [5], dtype: 'float32' } as const;
const int8 = (scale: number, zero: number) => activation([5], 'int8', scale, zero);

// On scale 0.5 with zero point 10 the stored -128, 8, 10, 13, 127 are -69, -1, 0, 1.5, 58.5.
testRuns([
  [
    'ABS',
    'float32',
    {
      inputs: [real],
      output: real,
      given: [[-2.5, -0, 0, 1, 1e30]],
      expected: [2.5, 0, 0, 1, Math.fround(1e30)],
    },
  ],
  [
    'ABS',
    'int8, the same scale: 69 is beyond the range',
    {
      inputs: [int8(0.5, 10)],
      output: int8(0.5, 10),
      given: [[-128, 8, 10, 13, 127]],
      expected: [127, 12, 10, 13, 127],
    },
  ],
  [
    'ABS',
    'int8, rescaled to 0.75 and -100: 92, 1.33, 0, 2 and 78 steps above it',
    {
      inputs: [int8(0.5, 10)],
      output: int8(0.75, -100),
      given: [[-128, 8, 10, 13, 127]],
      expected: [-8, -99, -100, -98, -22],
    },
  ],
  [
    'RELU6',
    'float32',
    { inputs: [real], output: real, given: [[-2, 0, 1.5, 6, 7]], expected: [0, 0, 1.5, 6, 6] },
  ],
  [
    'RELU6',
    'int8 on its scale: 0 is stored as 10, 6 as 22',
    {
      inputs: [int8(0.5, 10)],
      output: int8(0.5, 10),
      given: [[-128, 9, 11, 22, 23]],
      expected: [10, 10, 11, 22, 22],
    },
  ],
  [
    'ABS',
    'int16 without a scale',
    {
      inputs: [{ shape: [2], dtype: 'int16' }],
      output: { shape: [2], dtype: 'int16' },
      given: [[-5, 7]],
      expected: [5, 7],
    },
  ],
  // As TensorFlow Lite Micro gives them; 1 / sqrt(0.5) is 141 steps of 0.01 above -128.
  [
    'RSQRT',
    'int8: the largest value for 0',
    {
      inputs: [int8(0.5, -100)],
      output: int8(0.01, -128),
      given: [[-100, -99, -90, 0, 127]],
      expected: [127, 13, -83, -114, -119],
    },
  ],
  [
    'RSQRT',
    'int16',
    {
      inputs: [activation([5], 'int16', 0.001, 0)],
      output: activation([5], 'int16', 0.001, 0),
      given: [[0, 1, 100, 4000, 32767]],
      expected: [32767, 31623, 3162, 500, 175],
    },
  ],
  [
    'ELU',
    'int8: exp(-1) - 1 is -0.632, 21 steps of 0.03 below -50',
    {
      inputs: [int8(0.05, 10)],
      output: int8(0.03, -50),
      given: [[-128, -10, 9, 10, 60]],
      expected: [-83, -71, -52, -50, 33],
    },
  ],
]);

test('RSQRT of int8 stops at a number below 0, as Micro does', () => {
  const graph = oneOp('RSQRT', {}, [int8(0.5, 10)], int8(0.5, 10));
  expect(() => createExecutor(graph).run([Int8Array.of(10, 11, 9, 8, 12)])).toThrow(
    'op 0 (RSQRT): holds a number below 0 at element 2; the root needs 0 or more',
  );
});
