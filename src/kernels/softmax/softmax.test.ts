import { describe, expect, test } from 'vitest';
import { activation, arrayOf, oneOp } from '../../../test/support/one-op.ts';
import { tensor, testGoldens, testRefusals, testShapes, testWork } from '../../../test/support/op-tests.ts';
import { createExecutor } from '../execute/executor.ts';

const ROWS = [
  [10, -20, 90, 0],
  [-128, -128, -128, -128],
  [127, 126, 100, -128],
];
const SCALE = 1 / 16;

const shares = (row: readonly number[]): number[] => {
  const powers = row.map((value) => Math.exp(value * SCALE));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
};

function softmax(rows: readonly number[][], dtype: 'int8' | 'uint8' | 'int16', fast = false): number[] {
  const shape = [rows.length, 4];
  const lift = dtype === 'uint8' ? 128 : 0;
  const output =
    dtype === 'int16' ? activation(shape, dtype, 2 ** -15, 0) : activation(shape, dtype, 1 / 256, lift - 128);
  const graph = oneOp('SOFTMAX', { beta: 1 }, [activation(shape, dtype, SCALE, lift)], output);
  const input = arrayOf(
    rows.flat().map((value) => value + lift),
    dtype,
  );
  return Array.from(createExecutor(graph, { fast }).run([input])[0], Number);
}

describe.each([
  ['int8', 256, -128],
  ['uint8', 256, 0],
  ['int16', 32768, 0],
] as const)('%s', (dtype, steps, zero) => {
  test('each row is a softmax of its own, to one step of 8 bits', () => {
    const expected = ROWS.flatMap(shares);
    const got = softmax(ROWS, dtype).map((value) => (value - zero) / steps);
    got.forEach((share, at) => expect(Math.abs(share - expected[at])).toBeLessThan(1.01 / 256));
  });

  test('a row gives what it gives alone, wherever it stands', () => {
    const alone = ROWS.flatMap((row) => softmax([row], dtype));
    expect(softmax(ROWS, dtype)).toEqual(alone);
    expect(softmax([...ROWS, ...ROWS], dtype, true)).toEqual([...alone, ...alone]);
  });
});

test('float32: each row sums to 1, and beta sharpens it', () => {
  const shape = [2, 3];
  const graph = oneOp('SOFTMAX', { beta: 2 }, [{ shape, dtype: 'float32' }], { shape, dtype: 'float32' });
  const input = Float32Array.of(0, Math.log(2), Math.log(3), 5, 5, 5);
  // exp(2 ln 2) = 4, exp(2 ln 3) = 9: 1, 4 and 9 of 14; equal inputs share alike.
  const [output] = createExecutor(graph).run([input]);
  [1 / 14, 4 / 14, 9 / 14, 1 / 3, 1 / 3, 1 / 3].forEach((share, at) => {
    expect(output[at]).toBeCloseTo(share, 6);
  });
});

testShapes([['SOFTMAX', { beta: 1 }, [tensor([2, 10])], [[2, 10]]]]);

testRefusals([['SOFTMAX', { beta: 1 }, [tensor([])], 'a scalar has no dimension to normalise over']]);

testWork([['SOFTMAX', { beta: 1 }, [tensor([2, 10])], { counts: { rows: 2, rowLength: 10 } }]]);

testGoldens({
  SOFTMAX: [
    'op-softmax_b2.float',
    'op-softmax_b2.int8',
    'op-softmax_b2.i16',
    'op-softmax_beta.int8',
    'op-u_softmax.int8',
  ],
});
