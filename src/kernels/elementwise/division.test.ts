import { activation } from '../../../test/support/one-op.ts';
import { tensor, testGoldens, testRuns, testShapes, testWork } from '../../../test/support/op-tests.ts';

testShapes([['DIV', { activation: 'NONE' }, [tensor([2, 1]), tensor([3])], [[2, 3]]]]);

testWork([['FLOOR_DIV', {}, [tensor([2, 6]), tensor([6])], { elements: 12, counts: { broadcastRows: 2 } }]]);

testGoldens({
  DIV: ['op-div_bc_ch.float', 'op-div_bc_hw.int8', 'op-div_scales.int8', 'op-div_rev_bc.int8'],
});

const reals = { shape: [4], dtype: 'float32' } as const;
const integers = { shape: [4], dtype: 'int32' } as const;
const pairs = [
  [7, -7, 7, -6],
  [2, 2, -2, 2],
];

testRuns([
  [
    'DIV',
    'float32, bounded from below by the fused activation',
    {
      attributes: { activation: 'RELU' },
      inputs: [reals, reals],
      output: reals,
      given: pairs,
      expected: [3.5, 0, 0, 0],
    },
  ],
  [
    'DIV',
    'int32, toward 0',
    {
      attributes: { activation: 'NONE' },
      inputs: [integers, integers],
      output: integers,
      given: pairs,
      expected: [3, -3, -3, -3],
    },
  ],
  [
    'DIV',
    'int8: what TensorFlow Lite Micro gives, a dividend of 0 included',
    {
      attributes: { activation: 'NONE' },
      inputs: [activation([6], 'int8', 0.5, 10), activation([6], 'int8', 0.25, -2)],
      output: activation([6], 'int8', 0.125, 3),
      given: [
        [20, 30, -40, 11, 10, 100],
        [2, -10, 60, 30, 6, 100],
      ],
      expected: [43, -37, -10, 4, 3, 17],
    },
  ],
  [
    'FLOOR_DIV',
    'float32, toward minus infinity',
    { inputs: [reals, reals], output: reals, given: pairs, expected: [3, -4, -4, -3] },
  ],
  [
    'FLOOR_MOD',
    'float32, with the sign of the divisor',
    { inputs: [reals, reals], output: reals, given: pairs, expected: [1, 1, -1, -0] },
  ],
]);
