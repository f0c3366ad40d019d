import { expect, test } from 'vitest';
import { activation, arrayOf, oneOp } from '../../../test/support/one-op.ts';
import { createExecutor } from '../execute/executor.ts';

test.each([
  ['LOGISTIC', 1 / 256, -128, [-128, -128, 127, 127]],
  ['TANH', 1 / 128, 0, [-128, -128, 127, 127]],
] as const)('%s of 8-bit numbers beyond its table is all or nothing', (op, scale, zero, expected) => {
  const from = activation([1, 1, 4, 1], 'int8', 1, 0);
  const to = activation([1, 1, 4, 1], 'int8', scale, zero);
  const [out] = createExecutor(oneOp(op, {}, [from], to)).run([arrayOf([-128, -17, 17, 127], 'int8')]);
  expect(Array.from(out, Number)).toEqual(expected);
});
