import { expect, test } from 'vitest';
import { constant } from '../../../test/support/one-op.ts';
import { split } from './split.ts';
import {
  constantOf,
  ints,
  pairs,
  scalar,
  tensor,
  testGoldens,
  testRuns,
  testRefusals,
  testShapes,
  testWork,
} from '../../../test/support/op-tests.ts';

const MASKS = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false };
const big = ints(2 ** 31);

testShapes([
  ['SQUEEZE', { squeezeDims: [] }, [tensor([1, 3, 1, 2])], [[3, 2]]],
  ['SQUEEZE', { squeezeDims: [-2] }, [tensor([1, 3, 1, 2])], [[1, 3, 2]]],
  ['EXPAND_DIMS', {}, [tensor([3, 2]), scalar(-1)], [[3, 2, 1]]],
  ['EXPAND_DIMS', {}, [tensor([3, 2]), ints(0)], [[1, 3, 2]]],
  ['TRANSPOSE', {}, [tensor([1, 2, 3, 4]), ints(0, 3, -3, 2)], [[1, 4, 2, 3]]],
  ['CONCATENATION', { axis: -1 }, [tensor([1, 2, 3]), tensor([1, 2, 4]), tensor([1, 2, 1])], [[1, 2, 8]]],
  [
    'SPLIT',
    { splits: 3 },
    [scalar(-1), tensor([2, 6])],
    [
      [2, 2],
      [2, 2],
      [2, 2],
    ],
  ],
  ['PAD', {}, [tensor([1, 32, 32, 3]), pairs(0, 0, 1, 2, 3, 4, 0, 0)], [[1, 35, 39, 3]]],
  ['PADV2', {}, [tensor([5]), pairs(2, 0), tensor([])], [[7]]],
  ['SHAPE', {}, [tensor([1, 4, 5])], [[3]]],
  ['PACK', { axis: -1, values: 2 }, [tensor([3, 4]), tensor([3, 4])], [[3, 4, 2]]],
  ['PACK', { axis: 0, values: 3 }, [scalar(1), scalar(2), scalar(3)], [[3]]],
]);

testRefusals([
  ['SQUEEZE', { squeezeDims: [1] }, [tensor([1, 3])], 'dimension 1 of [1,3] is not 1'],
  ['EXPAND_DIMS', {}, [tensor([3]), scalar(2)], 'axis 2 is outside a shape of 2 dimensions'],
  ['TRANSPOSE', {}, [tensor([2, 3]), ints(0, 0)], 'permutation [0,0] needs each of the 2 dimensions once'],
  ['TRANSPOSE', {}, [tensor([2, 3]), tensor([2], 'int32')], 'permutation is computed while the model runs'],
  [
    'CONCATENATION',
    { axis: 1 },
    [tensor([1, 2]), tensor([2, 2])],
    '[2,2] float32 does not join [1,2] float32 along axis 1',
  ],
  ['SPLIT', { splits: 2 ** 31 }, [scalar(0), tensor([0])], '2147483648 parts are more than 65536'],
  [
    'SPLIT',
    { splits: 4 },
    [scalar(1), tensor([2, 6])],
    'dimension 1 of 6 does not divide into 4 equal parts',
  ],
  ['PAD', {}, [tensor([4]), pairs(0, -1)], 'paddings 0,-1 need to be 0 or more'],
  ['PAD', {}, [tensor([4, 4]), pairs(0, 1)], 'paddings [1,2] need shape [2,2]'],
  ['PACK', { axis: 0, values: 3 }, [scalar(1), scalar(2)], '2 values given, 3 promised'],
  ['PACK', { axis: 0, values: 2 }, [tensor([2]), tensor([3])], '[3] float32 does not stack on [2] float32'],
  [
    'TRANSPOSE',
    {},
    [tensor([2]), { ...big, data: new Uint8Array(3) }],
    'permutation holds 3 bytes, its shape [1] of int32 needs 4',
  ],
]);

testWork([
  [
    'RESHAPE',
    { newShape: [6] },
    [tensor([2, 3]), ints(6)],
    { macs: 0, elements: 6, loadBytes: 24, storeBytes: 24, weightBytes: 0 },
  ],
  ['SQUEEZE', { squeezeDims: [0] }, [tensor([1, 3])], {}],
  ['EXPAND_DIMS', {}, [tensor([3]), ints(0)], {}],
  ['TRANSPOSE', {}, [tensor([2, 3]), ints(1, 0)], {}],
  ['CONCATENATION', { axis: 0 }, [tensor([2]), tensor([3])], { counts: { operands: 2, inputElements: 5 } }],
  [
    'SPLIT',
    { splits: 2 },
    [ints(0), tensor([4])],
    { elements: 4, loadBytes: 16, storeBytes: 16, counts: { operands: 2 } },
  ],
  ['STRIDED_SLICE', MASKS, [tensor([4]), ints(1), ints(3), ints(1)], {}],
  ['PAD', {}, [tensor([4]), pairs(1, 1)], {}],
  [
    'PADV2',
    {},
    [tensor([4]), pairs(1, 1), constantOf([])],
    { macs: 0, elements: 6, loadBytes: 16, storeBytes: 24, weightBytes: 0 },
  ],
  ['SHAPE', {}, [tensor([1, 4, 4])], { elements: 3, loadBytes: 0, storeBytes: 12 }],
  ['PACK', { axis: 0, values: 2 }, [tensor([3]), tensor([3])], {}],
]);

testGoldens({
  RESHAPE: ['op-reshape_m1.float', 'op-reshape_m1.int8'],
  TRANSPOSE: ['op-tr_0312.float', 'op-tr_5d.int8'],
  CONCATENATION: ['op-concat_1.float', 'op-concat_2.int8'],
  STRIDED_SLICE: ['op-ss_neg.float', 'op-ss_ellipsis.int8'],
  PAD: ['op-pad.float', 'op-pad_5d.int8'],
  PADV2: ['op-padv2.float', 'op-padv2.int8'],
  SHAPE: ['net-prelu.int8'],
  PACK: ['op-pack_last.float', 'op-pack_last.int8'],
});

const six = [1, 2, 3, 4, 5, 6];

testRuns([
  [
    'SQUEEZE',
    'moves nothing',
    {
      attributes: { squeezeDims: [0] },
      inputs: [{ shape: [1, 6], dtype: 'float32' }],
      output: { shape: [6], dtype: 'float32' },
      given: [six],
      expected: six,
    },
  ],
  [
    'EXPAND_DIMS',
    'moves nothing',
    {
      inputs: [{ shape: [6], dtype: 'int8' }, constant([0], [1], 'int32')],
      output: { shape: [1, 6], dtype: 'int8' },
      given: [six],
      expected: six,
    },
  ],
]);

test('SPLIT deals the columns of two rows out to three parts', () => {
  const inputs = [ints(-1), tensor([2, 3])];
  const outputs = split.infer({ splits: 3 }, inputs);
  const parts = outputs.map(() => new Float32Array(2));
  split.prepare({ splits: 3 }, inputs, outputs).run([Int32Array.of(-1), Float32Array.from(six)], parts);
  expect(parts.map((part) => [...part])).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
});
