import { expect, test } from 'vitest';
import { activation } from '../../../test/support/one-op.ts';
import { refusedCall } from '../../deploy/tflm/kernel-refusal.ts';
import {
  constantOf,
  tensor,
  testGoldens,
  testRefusals,
  testShapes,
  testWork,
} from '../../../test/support/op-tests.ts';

testShapes([
  ['PRELU', {}, [tensor([1, 4, 4, 8]), tensor([1, 1, 8])], [[1, 4, 4, 8]]],
  ['ADD', { activation: 'RELU' }, [tensor([1, 4, 4, 8]), tensor([8])], [[1, 4, 4, 8]]],
  ['SUB', { activation: 'NONE' }, [tensor([]), tensor([3, 1])], [[3, 1]]],
  ['MUL', { activation: 'NONE' }, [tensor([3, 1]), tensor([1, 4])], [[3, 4]]],
  ['MAXIMUM', {}, [tensor([2, 2]), tensor([2, 2])], [[2, 2]]],
  ['MINIMUM', {}, [tensor([2, 1, 2]), tensor([5, 1])], [[2, 5, 2]]],
]);

testRefusals([
  ['PRELU', {}, [tensor([1, 4]), tensor([3, 4])], 'slopes [3,4] are larger than the input [1,4]'],
  [
    'ADD',
    {},
    [tensor([2, 3]), tensor([2])],
    'ADD of [2,3], [2]: shapes [2,3] and [2] do not broadcast: 3 against 2',
  ],
  ['ADD', {}, [tensor([2]), tensor([2], 'int8')], 'operands are float32 and int8, need one type'],
]);

testWork([
  [
    'ADD',
    {},
    [tensor([2, 6]), tensor([2, 6])],
    { macs: 0, elements: 12, loadBytes: 96, storeBytes: 48, weightBytes: 0 },
  ],
  [
    'SUB',
    {},
    [tensor([2, 6]), constantOf([6])],
    { macs: 0, elements: 12, loadBytes: 48, storeBytes: 48, weightBytes: 24 },
  ],
  ['MUL', {}, [tensor([2, 6]), tensor([2, 6])], {}],
  ['MAXIMUM', {}, [tensor([2, 6]), tensor([2, 6])], {}],
  ['MINIMUM', {}, [tensor([2, 6]), tensor([2, 6])], {}],
  [
    'PRELU',
    {},
    [tensor([2, 6]), tensor([6])],
    { macs: 0, elements: 12, loadBytes: 48, storeBytes: 48, weightBytes: 24 },
  ],
]);

testGoldens({
  ADD: ['op-add_bc_ch.float', 'op-add_scales.int8', 'op-add_relu.int8'],
  SUB: ['op-sub_bc_hw.float', 'op-sub_scales.int8'],
  MUL: ['op-mul_bc_ch.float', 'op-mul_scales.int8'],
  MAXIMUM: ['op-max_bc_hw.float', 'op-max_bc_hw.int8'],
  MINIMUM: ['op-min_bc_hw.float', 'op-min_scales.int8'],
  PRELU: ['net-prelu.float', 'net-prelu.int8'],
});

test.each([
  ['float32', [1, 2, 2, 3], undefined],
  ['float32', [1, 1, 2, 2, 3], 'its kernel refuses float32 of 5 dimensions; it takes 4 at most'],
  ['int8', [1, 1, 2, 2, 3], undefined],
] as const)('PRELU of %s %j is taken or refused as Micro does', (dtype, shape, refusal) => {
  const scaled = activation(shape, dtype, 0.5, 0);
  const call = { inputs: [scaled, scaled], outputs: [scaled], attributes: {} };
  expect(refusedCall('tflm-reference', 'PRELU', call)).toBe(refusal);
});
