import { expect, test } from 'vitest';
import type { OpType } from '../index.ts';
import { createExecutor } from '../execute/executor.ts';
import { refusedCall } from '../../deploy/tflm/kernel-refusal.ts';
import { activation, oneOp } from '../../../test/support/one-op.ts';
import { tensor, testGoldens, testShapes, testWork } from '../../../test/support/op-tests.ts';

testShapes([['EXP', {}, [tensor([2, 3])], [[2, 3]]]]);

testWork([['NEG', {}, [tensor([2, 3])], { macs: 0, elements: 6, loadBytes: 24, storeBytes: 24 }]]);

testGoldens({
  LOG: ['op-u_log.float'],
  SIN: ['op-u_sin.float', 'op-u_sin.int8'],
  SQRT: ['op-u_sqrt.float'],
  SQUARE: ['op-u_square.float', 'op-u_square.int8'],
});

function apply(op: OpType, ...values: number[]): number[] {
  const reals = { shape: [values.length], dtype: 'float32' } as const;
  const [out] = createExecutor(oneOp(op, {} as never, [reals], reals)).run([Float32Array.from(values)]);
  return Array.from(out as Float32Array);
}

test.each([
  ['EXP', [0, 1, -2], [1, 2.718281828, 0.135335283]],
  ['LOG', [1, 10, 0.5], [0, 2.302585093, -0.693147181]],
  ['SIN', [0, 1, -2], [0, 0.841470985, -0.909297427]],
  ['COS', [0, 1, -2], [1, 0.540302306, -0.416146837]],
  ['SQRT', [0, 2, 9], [0, 1.414213562, 3]],
  ['SQUARE', [0, -1.5, 3], [0, 2.25, 9]],
  ['NEG', [2, -1.5], [-2, 1.5]],
  ['FLOOR', [1.5, -1.5, 2], [1, -2, 2]],
  ['CEIL', [1.5, -1.5, 2], [2, -1, 2]],
  ['ROUND', [0.5, 1.5, -0.5, -1.5, 2.4], [0, 2, 0, -2, 2]],
] as const)('%s of %j is %j', (op, given, expected) => {
  apply(op, ...given).forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 6));
});

test('NaN and infinities go through, the logarithm of 0 is minus infinity', () => {
  expect(apply('FLOOR', Infinity, -Infinity)).toEqual([Infinity, -Infinity]);
  expect(apply('LOG', 0, -1)).toEqual([-Infinity, NaN]);
});

test.each(['EXP', 'LOG', 'SIN', 'COS', 'SQRT', 'SQUARE', 'NEG', 'FLOOR', 'CEIL', 'ROUND'] as const)(
  '%s of int8 is refused as Micro refuses it',
  (op) => {
    const stored = activation([2], 'int8', 0.5, 0);
    const call = { inputs: [stored], outputs: [stored], attributes: {} };
    expect(refusedCall('tflm-reference', op, call)).toBe(
      'its kernel refuses int8 -> int8; it takes float32 -> float32',
    );
    const graph = oneOp(op, {}, [stored], stored);
    expect(() => createExecutor(graph).run([Int8Array.of(1, 2)])).toThrow(
      'arithmetic on int8 is not written',
    );
  },
);
