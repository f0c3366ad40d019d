import { expect, test } from 'vitest';
import { activation } from '../../../test/support/one-op.ts';
import { testGoldens, testLastDimension, testRuns } from '../../../test/support/op-tests.ts';
import { refusedCall } from '../../deploy/tflm/kernel-refusal.ts';

const OP = 'LOG_SOFTMAX';

testLastDimension(OP);

testGoldens({ [OP]: ['op-u_logsoftmax.float', 'op-u_logsoftmax.int8'] });

const stored = activation([2, 3], 'int8', 0.1, 10);

// exp of 0, -0.3, 0.1 share 2.846: -1.046, -1.346, -0.946 are 17, 22 and 15 steps of 1/16 below 127.
testRuns([
  [
    OP,
    'int8: 13, 10 and 14 on scale 0.1; one far above the others leaves them nothing',
    {
      inputs: [stored],
      output: activation([2, 3], 'int8', 1 / 16, 127),
      given: [[13, 10, 14, -128, 127, 10]],
      expected: [110, 105, 112, -128, 127, -60],
    },
  ],
]);

test('an int8 output of another scale than 1/16 is refused as Micro refuses it', () => {
  const call = { inputs: [stored], outputs: [stored], attributes: {} };
  expect(refusedCall('tflm-reference', OP, call)).toBe(
    'its kernel refuses int8 output of scale 0.1 and zero point 10; it takes 1/16 and 127',
  );
});
