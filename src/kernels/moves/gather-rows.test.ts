import { expect, test } from 'vitest';
import { activation, constant, oneOp, type Operand } from '../../../test/support/one-op.ts';
import {
  constantOf,
  tensor,
  testGoldens,
  testRefusals,
  testRuns,
  testShapes,
  testWork,
  type KnownRun,
} from '../../../test/support/op-tests.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { createExecutor } from '../execute/executor.ts';
import { gather } from './gather-rows.ts';

const indices = (...shape: number[]) => tensor(shape, 'int32');
const axis = (value: number, batchDims = 0) => ({ axis: value, batchDims });

testGoldens({ GATHER: ['op-gather.float', 'op-gather.int8'] });

testShapes([
  ['GATHER', axis(-2), [tensor([1, 4, 6, 8]), indices(3)], [[1, 4, 3, 8]]],
  ['GATHER', axis(1, 1), [tensor([2, 4, 6]), indices(2, 3)], [[2, 3, 6]]],
  ['GATHER', axis(0), [tensor([5]), indices()], [[]]],
  ['GATHER_ND', {}, [tensor([4, 5, 6]), indices(7, 2)], [[7, 6]]],
  ['EMBEDDING_LOOKUP', {}, [indices(3), tensor([10, 4, 2])], [[3, 4, 2]]],
  ['DYNAMIC_UPDATE_SLICE', {}, [tensor([4, 4]), tensor([2, 2]), indices(2)], [[4, 4]]],
]);

testRefusals([
  ['GATHER', axis(0, 1), [tensor([2, 4]), indices(2, 3)], '1 batch dimensions do not fit axis 0'],
  ['GATHER', axis(2), [tensor([2, 4]), indices(2)], 'axis 2 is outside a shape of 2 dimensions'],
  ['GATHER_ND', {}, [tensor([4]), indices(7, 2)], 'tuples of 2 indices for 1 dimensions'],
  ['GATHER_ND', {}, [tensor([4]), indices()], 'indices need at least one dimension'],
  ['EMBEDDING_LOOKUP', {}, [indices(3), tensor([10])], 'the table needs at least two dimensions'],
  [
    'DYNAMIC_UPDATE_SLICE',
    {},
    [tensor([4]), tensor([5]), indices(1)],
    '[5] float32 is no part of [4] float32',
  ],
  [
    'DYNAMIC_UPDATE_SLICE',
    {},
    [tensor([4]), tensor([2]), indices(2)],
    'begin [2] needs one index for each of 1 dimensions',
  ],
]);

testWork([
  ['GATHER', axis(1), [tensor([2, 4, 6]), indices(3)], { elements: 36, counts: { pieces: 6 } }],
  ['GATHER_ND', {}, [tensor([4, 5, 6]), indices(7, 2)], { counts: { pieces: 7 } }],
  ['EMBEDDING_LOOKUP', {}, [indices(3), tensor([10, 4])], { counts: { pieces: 3 } }],
  ['DYNAMIC_UPDATE_SLICE', {}, [tensor([4, 4]), tensor([2, 2]), indices(2)], { loadBytes: 80 }],
]);

const words = (...values: number[]): Operand => constant(values, [values.length], 'int32');
const ten = Array.from({ length: 10 }, (_, at) => at + 1);
const run = (
  inputs: readonly Operand[],
  output: Operand,
  expected: readonly number[],
  attributes = {},
): KnownRun => ({
  ...{ attributes, inputs, output, expected },
  given: inputs
    .filter(({ data }) => !data)
    .map(({ shape }) =>
      ten.slice(
        0,
        shape.reduce((a, b) => a * b, 1),
      ),
    ),
});
const int8 = (...shape: number[]): Operand => ({ shape, dtype: 'int8' });

testRuns([
  ['GATHER', 'columns in another order', run([int8(2, 3), words(2, 0)], int8(2, 2), [3, 1, 6, 4], axis(1))],
  [
    'GATHER',
    'other rows of each batch',
    run([int8(2, 2, 2), constant([1, 0], [2, 1], 'int32')], int8(2, 1, 2), [3, 4, 5, 6], axis(1, 1)),
  ],
  [
    'GATHER_ND',
    'single elements, and rows',
    run([int8(2, 3), constant([1, 2, 0, 1], [2, 2], 'int32')], int8(2), [6, 2]),
  ],
  ['GATHER_ND', 'rows', run([int8(2, 3), constant([1], [1, 1], 'int32')], int8(1, 3), [4, 5, 6])],
  [
    'EMBEDDING_LOOKUP',
    'floats of an int8 table',
    run(
      [words(1, 1), { ...activation([2, 2], 'int8', 0.5, 0) }],
      { shape: [2, 2], dtype: 'float32' },
      [1.5, 2, 1.5, 2],
    ),
  ],
  ['EMBEDDING_LOOKUP', 'rows as they are', run([words(1), int8(2, 2)], int8(1, 2), [3, 4])],
  [
    'DYNAMIC_UPDATE_SLICE',
    'a part that would reach over the end is moved inside',
    run([int8(2, 3), int8(1, 2), words(5, -4)], int8(2, 3), [1, 2, 3, 1, 2, 6]),
  ],
]);

test('of a table as much is read as is written', () => {
  const workOf = (table: TensorInfo) => gather.work(axis(0), [table, indices(3)], [tensor([3, 4])]);
  expect(workOf(tensor([100, 4]))).toMatchObject({ loadBytes: 48, weightBytes: 0, storeBytes: 48 });
  expect(workOf(constantOf([100, 4]))).toMatchObject({ loadBytes: 0, weightBytes: 48, storeBytes: 48 });
});

test('an index that the model computes and that is outside is named', () => {
  const graph = oneOp('GATHER', axis(0), [tensor([4, 2]), indices(1)], tensor([1, 2]));
  const run = (index: number) => createExecutor(graph).run([new Float32Array(8), Int32Array.of(index)]);
  expect(() => run(4)).toThrow('op 0 (GATHER): index 4 is outside of 4 rows');
  expect(() => run(-1)).toThrow('op 0 (GATHER): index -1 is outside of 4 rows');
  expect(() => run(3)).not.toThrow();
});
