import { describe, expect, test } from 'vitest';
import { constant, type Operand } from '../../../test/support/one-op.ts';
import {
  ints,
  pairs,
  tensor,
  testGoldens,
  testRefusals,
  testRuns,
  testShapes,
  testWork,
  type KnownRun,
} from '../../../test/support/op-tests.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { refusedBy } from '../definition/kernel-limits.ts';
import { OPS } from '../index.ts';

const REFLECT = { mode: 0 };
const SYMMETRIC = { mode: 1 };

testGoldens({
  SLICE: ['op-slice.int8'],
  SPACE_TO_DEPTH: ['op-s2d.float', 'op-s2d.int8'],
  MIRROR_PAD: ['op-mirror.float', 'op-mirror.int8'],
  BROADCAST_TO: ['op-bcast_to.float', 'op-bcast_to.int8'],
});

testShapes([
  ['SLICE', {}, [tensor([1, 8, 9]), ints(0, 2, 3), ints(1, -1, 4)], [[1, 6, 4]]],
  ['REVERSE_V2', {}, [tensor([2, 3]), ints(-1)], [[2, 3]]],
  ['BROADCAST_TO', {}, [tensor([3, 1]), ints(2, 3, 4)], [[2, 3, 4]]],
  ['BROADCAST_ARGS', {}, [ints(2, 1, 3), ints(5, 1)], [[3]]],
  ['SPACE_TO_BATCH_ND', {}, [tensor([2, 5, 3]), ints(3), pairs(1, 0)], [[6, 2, 3]]],
  ['SPACE_TO_BATCH_ND', {}, [tensor([1, 4, 6, 3]), ints(2, 3), pairs(0, 0, 0, 0)], [[6, 2, 2, 3]]],
  ['BATCH_TO_SPACE_ND', {}, [tensor([6, 2, 2, 3]), ints(2, 3), pairs(0, 1, 2, 0)], [[1, 3, 4, 3]]],
  ['SPACE_TO_DEPTH', { blockSize: 2 }, [tensor([1, 4, 6, 3])], [[1, 2, 3, 12]]],
  ['DEPTH_TO_SPACE', { blockSize: 2 }, [tensor([1, 2, 3, 12])], [[1, 4, 6, 3]]],
  ['MIRROR_PAD', REFLECT, [tensor([1, 4]), pairs(0, 0, 3, 2)], [[1, 9]]],
]);

testRefusals([
  ['SLICE', {}, [tensor([4]), ints(2), ints(3)], '3 from 2 on is outside the 4 of axis 0'],
  ['SLICE', {}, [tensor([4]), ints(-1), ints(1)], '1 from -1 on is outside the 4 of axis 0'],
  ['SLICE', {}, [tensor([4]), ints(0, 0), ints(1)], 'begin and size hold 2 and 1 values, need 1 each'],
  ['SLICE', {}, [tensor([4]), tensor([1], 'int32'), ints(1)], 'begin is computed while the model runs'],
  ['REVERSE_V2', {}, [tensor([4]), ints(1)], 'axis 1 is outside a shape of 1 dimensions'],
  ['BROADCAST_TO', {}, [tensor([3]), ints(2)], 'shapes [3] and [2] do not broadcast'],
  ['BROADCAST_TO', {}, [tensor([3]), ints(1)], '[3] does not broadcast to [1]'],
  ['BROADCAST_TO', {}, [tensor([1]), ints(-2)], 'shape [-2] has a side below 0'],
  ['SPACE_TO_BATCH_ND', {}, [tensor([1, 5, 3]), ints(2), pairs(0, 0)], '5 do not divide into blocks of 2'],
  ['SPACE_TO_BATCH_ND', {}, [tensor([1, 5, 3]), ints(0), pairs(0, 0)], 'block [0] has a side below 1'],
  ['SPACE_TO_BATCH_ND', {}, [tensor([1, 5]), ints(1, 1), pairs(0, 0)], '2 block sides and 2 margins'],
  ['SPACE_TO_BATCH_ND', {}, [tensor([1, 5, 1]), ints(1), pairs(-1, 1)], 'margins -1,1 need to be 0 or more'],
  ['BATCH_TO_SPACE_ND', {}, [tensor([3, 2, 1]), ints(2), pairs(0, 0)], '3 batches do not make blocks of [2]'],
  ['BATCH_TO_SPACE_ND', {}, [tensor([2, 1, 1]), ints(2), pairs(2, 1)], 'margins 2,1 cut more than there is'],
  ['SPACE_TO_DEPTH', { blockSize: 2 }, [tensor([1, 4, 5, 1])], '[4,5] does not divide into blocks of 2'],
  ['DEPTH_TO_SPACE', { blockSize: 2 }, [tensor([1, 4, 5, 6])], '6 channels do not make blocks of 2x2'],
  ['MIRROR_PAD', REFLECT, [tensor([3]), pairs(3, 0)], 'paddings 3,0 reach beyond [3]'],
  ['MIRROR_PAD', SYMMETRIC, [tensor([3]), pairs(4, 0)], 'paddings 4,0 reach beyond [3]'],
  ['MIRROR_PAD', SYMMETRIC, [tensor([3]), pairs(0, 0, 0, 0)], '4 paddings for 1 dimensions'],
]);

testWork([
  [
    'SLICE',
    {},
    [tensor([2, 8, 4]), ints(0, 2, 1), ints(2, 3, 2)],
    { counts: { innerRows: 6, innerPlanes: 2 } },
  ],
  [
    'MIRROR_PAD',
    REFLECT,
    [tensor([1, 4]), pairs(0, 0, 3, 2)],
    { elements: 9, loadBytes: 16, storeBytes: 36 },
  ],
  ['BROADCAST_ARGS', {}, [tensor([2], 'int32'), tensor([3], 'int32')], { elements: 3 }],
]);

const run = (
  inputs: readonly Operand[],
  shape: readonly number[],
  expected: readonly number[],
  attributes = {},
): KnownRun => {
  const [{ shape: from }] = inputs;
  const given = Array.from({ length: from.reduce((a, b) => a * b, 1) }, (_, at) => at + 1);
  return { attributes, inputs, output: { ...inputs[0], shape }, given: [given], expected };
};
const int8 = (...shape: number[]): Operand => ({ shape, dtype: 'int8' });
const list = (...values: number[]): Operand => constant(values, [values.length], 'int32');
const margins = (...values: number[]): Operand => constant(values, [values.length / 2, 2], 'int32');
const zero9 = { scales: [1], zeroPoints: [9], axis: 0 };

testRuns([
  ['SLICE', 'the middle of two rows', run([int8(2, 4), list(0, 1), list(2, 2)], [2, 2], [2, 3, 6, 7])],
  ['REVERSE_V2', 'rows', run([int8(2, 3), list(0)], [2, 3], [4, 5, 6, 1, 2, 3])],
  ['REVERSE_V2', 'both axes', run([int8(2, 3), list(1, 0)], [2, 3], [6, 5, 4, 3, 2, 1])],
  ['BROADCAST_TO', 'a column', run([int8(2, 1), list(2, 3)], [2, 3], [1, 1, 1, 2, 2, 2])],
  ['BROADCAST_TO', 'nothing to repeat', run([int8(3), list(1, 3)], [1, 3], [1, 2, 3])],
  [
    'SPACE_TO_BATCH_ND',
    'the real 0 before the first pixel',
    run([{ ...int8(1, 5, 1), quantization: zero9 }, list(2), margins(1, 0)], [2, 3, 1], [9, 2, 4, 1, 3, 5]),
  ],
  [
    'SPACE_TO_BATCH_ND',
    'two axes of two pictures: rows of a block come before its columns',
    run([int8(2, 2, 2, 1), list(2, 2), margins(0, 0, 0, 0)], [8, 1, 1, 1], [1, 5, 2, 6, 3, 7, 4, 8]),
  ],
  [
    'BATCH_TO_SPACE_ND',
    'the way back',
    run([int8(8, 1, 1, 1), list(2, 2), margins(0, 0, 0, 0)], [2, 2, 2, 1], [1, 3, 5, 7, 2, 4, 6, 8]),
  ],
  [
    'BATCH_TO_SPACE_ND',
    'with the first pixel cut',
    run([int8(2, 3, 1), list(2), margins(1, 0)], [1, 5, 1], [4, 2, 5, 3, 6]),
  ],
  [
    'SPACE_TO_DEPTH',
    'a block of pixels, row by row, becomes channels',
    run([int8(1, 2, 4, 1)], [1, 1, 2, 4], [1, 2, 5, 6, 3, 4, 7, 8], { blockSize: 2 }),
  ],
  [
    'DEPTH_TO_SPACE',
    'the way back',
    run([int8(1, 1, 2, 4)], [1, 2, 4, 1], [1, 2, 5, 6, 3, 4, 7, 8], { blockSize: 2 }),
  ],
  [
    'DEPTH_TO_SPACE',
    'two channels stay together',
    run([int8(1, 1, 1, 8)], [1, 2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8], { blockSize: 2 }),
  ],
  [
    'MIRROR_PAD',
    'without its edge',
    run([int8(4), margins(3, 2)], [9], [4, 3, 2, 1, 2, 3, 4, 3, 2], REFLECT),
  ],
  ['MIRROR_PAD', 'with its edge', run([int8(3), margins(3, 1)], [7], [3, 2, 1, 1, 2, 3, 3], SYMMETRIC)],
  [
    'BROADCAST_ARGS',
    'shapes that are computed',
    {
      inputs: [
        { shape: [3], dtype: 'int32' },
        { shape: [2], dtype: 'int32' },
      ],
      output: { shape: [3], dtype: 'int32' },
      given: [
        [2, 1, 3],
        [5, 1],
      ],
      expected: [2, 5, 3],
    },
  ],
]);

test('BROADCAST_ARGS of 64-bit shapes', () => {
  const out = new BigInt64Array(2);
  const shapes = [BigInt64Array.of(2n, 1n), BigInt64Array.of(3n)] as never[];
  OPS.BROADCAST_ARGS.prepare({}, [], [tensor([2], 'int64')]).run(shapes, [out as never]);
  expect([...out]).toEqual([2n, 3n]);
});

test('SPACE_TO_BATCH_ND of 64-bit integers pads with their zero', () => {
  const inputs = [tensor([1, 1, 1], 'int64'), ints(2), pairs(1, 0)];
  const out = new BigInt64Array(2);
  OPS.SPACE_TO_BATCH_ND.prepare({}, inputs, [tensor([2, 1, 1], 'int64')]).run(
    [BigInt64Array.of(7n) as never],
    [out as never],
  );
  expect([...out]).toEqual([0n, 7n]);
});

describe('what the kernel of TensorFlow Lite Micro refuses', () => {
  const refusal = (op: 'REVERSE_V2' | 'TRANSPOSE' | 'SLICE', inputs: TensorInfo[]) =>
    refusedBy(OPS[op].tflm!.limits!, { inputs, outputs: [inputs[0]!], attributes: {} });

  test.each([
    ['REVERSE_V2', [tensor([2, 3, 4]), ints(2, 0)], 'axes 0,2 that are not next to each other'],
    ['REVERSE_V2', [tensor([2, 3, 4]), ints(-1, 1)], undefined],
    ['TRANSPOSE', [tensor([1, 1, 1, 1, 1, 2])], '[1,1,1,1,1,2] of 6 dimensions; it takes 5 at most'],
    ['TRANSPOSE', [tensor([2], 'int32')], 'int32; it takes float32|int8|int16'],
    [
      'SLICE',
      [tensor([2], 'uint8'), ints(0)],
      'uint8 int32; it takes float32|int8|int16|int32|bool int32|int64',
    ],
  ] as const)('%s %j', (op, inputs, expected) => {
    expect(refusal(op, [...inputs])).toBe(expected);
  });
});
