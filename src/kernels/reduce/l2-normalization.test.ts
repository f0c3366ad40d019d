import { expect, test } from 'vitest';
import { activation } from '../../../test/support/one-op.ts';
import { testGoldens, testLastDimension, testRuns } from '../../../test/support/op-tests.ts';
import { refusedCall } from '../../deploy/tflm/kernel-refusal.ts';

const OP = 'L2_NORMALIZATION';
const reals = { shape: [2, 2], dtype: 'float32' } as const;

testLastDimension(OP);

testGoldens({ [OP]: ['op-u_l2n.float', 'op-u_l2n.int8'] });

// 3 and 4 of length 5; a row of zeros stays zero.
testRuns([
  [
    OP,
    'float32',
    { inputs: [reals], output: reals, given: [[3, 4, 0, 0]], expected: [0.6, 0.8, 0, 0].map(Math.fround) },
  ],
  [
    OP,
    'int8: 3 and 4 above the zero point, 0.6 and 0.8 of 128',
    {
      inputs: [activation([2, 3], 'int8', 0.5, 10)],
      output: activation([2, 3], 'int8', 1 / 128, 0),
      given: [[13, 10, 14, -128, 10, 10]],
      expected: [77, 0, 102, -128, 0, 0],
    },
  ],
]);

test('a fused activation is refused as Micro refuses it', () => {
  const call = { inputs: [reals], outputs: [reals], attributes: { activation: 'RELU' } };
  expect(refusedCall('tflm-reference', OP, call)).toBe('its kernel refuses a fused RELU; it takes none');
});
