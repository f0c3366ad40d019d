import { expect, test } from 'vitest';
import {
  ints,
  scalar,
  tensor,
  testGoldens,
  testRefusals,
  testShapes,
  testWork,
} from '../../../test/support/op-tests.ts';
import { splitV, unpack } from './split.ts';

testGoldens({ SPLIT_V: ['op-splitv.float', 'op-splitv.int8'] });

const twos = (count: number) => Array.from({ length: count }, () => [2]);

testShapes([
  [
    'SPLIT_V',
    { splits: 3 },
    [tensor([2, 6]), ints(1, -1, 2), scalar(-1)],
    [
      [2, 1],
      [2, 3],
      [2, 2],
    ],
  ],
  ['UNPACK', { axis: -1, values: 3 }, [tensor([2, 3])], twos(3)],
]);

testRefusals([
  ['SPLIT_V', { splits: 2 }, [tensor([6]), ints(1, 2), scalar(0)], 'lengths 1,2 do not cut dimension 0 of 6'],
  [
    'SPLIT_V',
    { splits: 2 },
    [tensor([6]), ints(8, -1), scalar(0)],
    'lengths 8,-1 do not cut dimension 0 of 6',
  ],
  ['SPLIT_V', { splits: 3 }, [tensor([6]), ints(1, 5), scalar(0)], '2 lengths for 3 parts'],
  ['UNPACK', { axis: 0, values: 3 }, [tensor([2, 3])], '3 values promised, axis 0 holds 2'],
  ['UNPACK', { axis: 2, values: 3 }, [tensor([2, 3])], 'axis 2 is outside a shape of 2 dimensions'],
]);

testWork([
  ['SPLIT_V', { splits: 2 }, [tensor([3, 6]), ints(1, 5), scalar(1)], { counts: { operands: 2, pieces: 6 } }],
  ['UNPACK', { axis: 0, values: 2 }, [tensor([2, 3])], { elements: 6, counts: { operands: 2, pieces: 2 } }],
]);

test('SPLIT_V deals columns out, as many as each part is long', () => {
  const inputs = [tensor([2, 3]), ints(1, 2), scalar(1)];
  const parts = [new Float32Array(2), new Float32Array(4)];
  splitV
    .prepare({ splits: 2 }, inputs, splitV.infer({ splits: 2 }, inputs))
    .run([Float32Array.of(1, 2, 3, 4, 5, 6)], parts);
  expect(parts.map((part) => [...part])).toEqual([
    [1, 4],
    [2, 3, 5, 6],
  ]);
});

test('UNPACK takes an axis apart', () => {
  const attributes = { axis: 1, values: 3 };
  const inputs = [tensor([2, 3])];
  const parts = twos(3).map(() => new Float32Array(2));
  unpack
    .prepare(attributes, inputs, unpack.infer(attributes, inputs))
    .run([Float32Array.of(1, 2, 3, 4, 5, 6)], parts);
  expect(parts.map((part) => [...part])).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
});
