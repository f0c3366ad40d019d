import { expect, test } from 'vitest';
import type { DType } from '../../models/graph/graph.ts';
import { activation } from '../../../test/support/one-op.ts';
import {
  tensor,
  testGoldens,
  testRuns,
  testShapes,
  testWork,
  type KnownRun,
} from '../../../test/support/op-tests.ts';
import { dequantize, quantize } from './index.ts';

testShapes([
  ['QUANTIZE', {}, [tensor([1, 4])], [[1, 4]]],
  ['DEQUANTIZE', {}, [tensor([1, 4], 'int8')], [[1, 4]]],
]);

testWork([
  ['QUANTIZE', {}, [tensor([1, 4])], { elements: 4, loadBytes: 16, storeBytes: 4 }],
  ['DEQUANTIZE', {}, [tensor([1, 4], 'int8')], {}],
]);

testGoldens({ QUANTIZE: ['op-add_3d.u8'] });

const rescaledOf = (from: [DType, number, number], to: [DType, number, number]) =>
  quantize.work({}, [activation([2, 3], ...from)], [activation([2, 3], ...to)]).counts.rescaled;

test('a picture of uint8 that becomes int8 of its scale is shifted, not rescaled', () => {
  expect(rescaledOf(['uint8', 0.5, 128], ['int8', 0.5, 0])).toBe(0);
  expect(rescaledOf(['int8', 0.5, -128], ['uint8', 0.5, 0])).toBe(0);
});

test.each([
  ['another scale', ['uint8', 0.5, 128], ['int8', 0.25, 0]],
  ['another distance', ['uint8', 0.5, 127], ['int8', 0.5, 0]],
  ['the same type', ['int8', 0.5, 128], ['int8', 0.5, 0]],
] as const)('%s is rescaled, element by element', (_, from, to) => {
  expect(rescaledOf([...from], [...to])).toBe(6);
});

test('what TensorFlow Lite Micro converts has a price, whatever it is stored in', () => {
  expect(Object.keys(quantize.estimates!)).toEqual(['float32', 'int8', 'uint8', 'int16', 'int32']);
  expect(Object.keys(dequantize.estimates!)).toEqual(['int8', 'uint8', 'int16']);
});

type Row = [op: string, what: string, run: KnownRun];

/** Stored values of 0.5 x (stored - 10), and the same on scale 1 without a zero point: halves go away from zero. */
const requantized = (from: DType, to: DType, given: number[], expected: number[]): Row => [
  'QUANTIZE',
  `${from} to ${to}`,
  {
    inputs: [activation([given.length], from, 0.5, 10)],
    output: activation([given.length], to, 1, 0),
    given: [given],
    expected,
  },
];

testRuns([
  requantized('uint8', 'int8', [0, 10, 13, 255], [-5, 0, 2, 123]),
  requantized('int8', 'uint8', [-128, 10, 13, 127], [0, 0, 2, 59]),
  requantized('int8', 'int16', [-128, 10, 13], [-69, 0, 2]),
  requantized('int8', 'int32', [-128, 10, 13], [-69, 0, 2]),
  requantized('int16', 'int8', [-32768, 10, 13, 32767], [-128, 0, 2, 127]),
  requantized('int16', 'int32', [-32768, 10, 13], [-16389, 0, 2]),
  requantized('int32', 'int8', [-100000, 10, 13], [-128, 0, 2]),
  requantized('int32', 'int16', [-100000, 10, 13], [-32768, 0, 2]),
]);

// 0.5 x (stored - 10).
testRuns([
  ...(['uint8', 'int16'] as const).map((dtype): Row => [
    'DEQUANTIZE',
    dtype,
    {
      inputs: [activation([3], dtype, 0.5, 10)],
      output: { shape: [3], dtype: 'float32' },
      given: [[0, 10, 13]],
      expected: [-5, 0, 1.5],
    },
  ]),
  [
    'DEQUANTIZE',
    'int8',
    {
      inputs: [activation([3], 'int8', 0.5, 10)],
      output: { shape: [3], dtype: 'float32' },
      given: [[-128, 10, 13]],
      expected: [-69, 0, 1.5],
    },
  ],
]);
