import { describe, expect, test } from 'vitest';
import { activation, arrayOf, constant, oneOp, type Operand } from '../../../test/support/one-op.ts';
import type { OpType } from '../index.ts';
import { createExecutor } from '../execute/executor.ts';

type Stored = 'int8' | 'uint8' | 'int16';

const LOWEST = { int8: -128, uint8: 0, int16: -32768 };

/** Every stored value of a type; every 37th of int16. */
function allValues(dtype: Stored): number[] {
  const step = dtype === 'int16' ? 37 : 1;
  const count = dtype === 'int16' ? Math.floor(65536 / step) : 256;
  return Array.from({ length: count }, (_, at) => LOWEST[dtype] + at * step);
}

interface Unary {
  readonly op: OpType;
  readonly attributes?: object;
  readonly dtype: Stored;
  readonly input: readonly [scale: number, zero: number];
  readonly output: readonly [scale: number, zero: number];
  readonly real: (x: number) => number;
  /** Largest difference to the real function, in steps of the output. */
  readonly steps: number;
}

function largestError(
  { op, attributes = {}, dtype, input, output, real }: Unary,
  more: readonly Operand[] = [],
): number {
  const values = allValues(dtype);
  const shape = [1, 1, values.length, 1];
  const from = activation(shape, dtype, Math.fround(input[0]), input[1]);
  const graph = oneOp(
    op,
    attributes as never,
    [from, ...more],
    activation(shape, dtype, Math.fround(output[0]), output[1]),
  );
  const [out] = createExecutor(graph).run([arrayOf(values, dtype)]);
  const [low, high] = [LOWEST[dtype], -LOWEST[dtype] - 1 + (dtype === 'uint8' ? 256 : 0)];
  const errors = values.map((stored, at) => {
    const exact = real((stored - input[1]) * input[0]) / output[0] + output[1];
    return Math.abs(Number(out[at]) - Math.min(Math.max(exact, low), high));
  });
  return Math.max(...errors);
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const hardSwish = (x: number) => (x * Math.min(6, Math.max(0, x + 3))) / 6;

// Where a factor is below a half, TFLite rounds twice: a step may be 3/4 off.
const UNARY: Unary[] = [
  { op: 'LOGISTIC', dtype: 'int8', input: [0.05, 10], output: [1 / 256, -128], real: sigmoid, steps: 0.6 },
  { op: 'LOGISTIC', dtype: 'int8', input: [0.3, -4], output: [1 / 256, -128], real: sigmoid, steps: 0.6 },
  { op: 'LOGISTIC', dtype: 'uint8', input: [0.05, 128], output: [1 / 256, 0], real: sigmoid, steps: 0.6 },
  { op: 'LOGISTIC', dtype: 'int16', input: [1 / 4096, 0], output: [1 / 32768, 0], real: sigmoid, steps: 5 },
  { op: 'LOGISTIC', dtype: 'int16', input: [0.00031, 0], output: [1 / 32768, 0], real: sigmoid, steps: 5 },
  { op: 'TANH', dtype: 'int8', input: [0.03, 5], output: [1 / 128, 0], real: Math.tanh, steps: 0.6 },
  { op: 'TANH', dtype: 'uint8', input: [0.03, 128], output: [1 / 128, 128], real: Math.tanh, steps: 0.6 },
  { op: 'TANH', dtype: 'int16', input: [1 / 4096, 0], output: [1 / 32768, 0], real: Math.tanh, steps: 8 },
  { op: 'TANH', dtype: 'int16', input: [0.00013, 0], output: [1 / 32768, 0], real: Math.tanh, steps: 8 },
  {
    op: 'RELU',
    dtype: 'int8',
    input: [0.05, 3],
    output: [0.04, -128],
    real: (x) => Math.max(0, x),
    steps: 0.51,
  },
  {
    op: 'RELU',
    dtype: 'int16',
    input: [0.002, 0],
    output: [0.001, 0],
    real: (x) => Math.max(0, x),
    steps: 0.51,
  },
  {
    op: 'RELU6',
    dtype: 'int8',
    input: [0.06, -100],
    output: [0.06, -100],
    real: (x) => Math.min(6, Math.max(0, x)),
    steps: 0.01,
  },
  {
    op: 'LEAKY_RELU',
    attributes: { alpha: 0.2 },
    dtype: 'int8',
    input: [0.05, 20],
    output: [0.04, -30],
    real: (x) => (x > 0 ? x : 0.2 * x),
    steps: 0.76,
  },
  { op: 'HARD_SWISH', dtype: 'int8', input: [0.05, 0], output: [0.03, -100], real: hardSwish, steps: 1.1 },
  // Input by output is just below a power of two: the upper half of such a factor saturates at 32767.
  {
    op: 'HARD_SWISH',
    dtype: 'int8',
    input: [0.05, 10],
    output: [0.05 * (1 + 2 ** -20), 10],
    real: hardSwish,
    steps: 1.1,
  },
  { op: 'HARD_SWISH', dtype: 'uint8', input: [0.08, 128], output: [0.05, 20], real: hardSwish, steps: 1.1 },
];

describe('integer activations follow the real function over every stored value', () => {
  test.each(UNARY)('$op of $dtype, scale $input to $output: within $steps steps', (unary) => {
    expect(largestError(unary)).toBeLessThanOrEqual(unary.steps);
  });

  test('PRELU of int8, slope 0.25: within 0.51 steps', () => {
    const slope = constant([32], [1], 'int8', [1 / 128]);
    const real = (x: number) => (x > 0 ? x : 0.25 * x);
    const unary = { dtype: 'int8', input: [0.05, 20], output: [0.04, -30], real, steps: 0.51 } as const;
    expect(largestError({ op: 'PRELU', ...unary }, [slope])).toBeLessThanOrEqual(0.51);
  });

  test('SOFTMAX of int16: within 6 steps of 1/32768', () => {
    const values = [-3000, 0, 1200, 5000, 4990, -32768, 700];
    const scale = Math.fround(0.0004);
    const shape = [1, values.length];
    const graph = oneOp(
      'SOFTMAX',
      { beta: 1 },
      [activation(shape, 'int16', scale, 0)],
      activation(shape, 'int16', 2 ** -15, 0),
    );
    const [out] = createExecutor(graph).run([Int16Array.from(values)]);
    const exponentials = values.map((value) => Math.exp(value * scale));
    const sum = exponentials.reduce((a, b) => a + b);
    const errors = exponentials.map((value, at) => Math.abs((value / sum) * 32768 - Number(out[at])));
    expect(Math.max(...errors)).toBeLessThan(6);
  });
});

describe('other quantized operators', () => {
  // Mean of 1, 2, 3, 4 is 2.5, sum 10: by hand on scale 0.5 with zero point 0, from stored values on scale 0.25, zero 4.
  test.each([
    ['MEAN', 5],
    ['SUM', 20],
  ] as const)('%s of 1, 2, 3, 4 is stored as %i', (op, stored) => {
    const input = activation([1, 2, 2, 1], 'int8', 0.25, 4);
    const graph = oneOp(
      op,
      { keepDims: true },
      [input, constant([1, 2], [2], 'int32')],
      activation([1, 1, 1, 1], 'int8', 0.5, 0),
    );
    expect(Array.from(createExecutor(graph).run([Int8Array.of(8, 12, 16, 20)])[0], Number)).toEqual([stored]);
  });

  // 2 pixels to 4: positions 0, 0.5, 1, 1.5 (clamped) of 10 and 20 give 10, 15, 20, 20; halves away from zero.
  test('RESIZE_BILINEAR of int8 blends in 1/1024 pixel', () => {
    const of = (width: number) => activation([1, 1, width, 1], 'int8', 1, 0);
    const attributes = { alignCorners: false, halfPixelCenters: false };
    const graph = oneOp('RESIZE_BILINEAR', attributes, [of(2), constant([1, 4], [2], 'int32')], of(4));
    expect(Array.from(createExecutor(graph).run([Int8Array.of(10, 21)])[0], Number)).toEqual([
      10, 16, 21, 21,
    ]);
  });

  test('PAD fills quantized tensors with the zero point', () => {
    const graph = oneOp(
      'PAD',
      {},
      [activation([1], 'int8', 1, -7), constant([1, 2], [1, 2], 'int32')],
      activation([4], 'int8', 1, -7),
    );
    expect(Array.from(createExecutor(graph).run([Int8Array.of(5)])[0], Number)).toEqual([-7, 5, -7, -7]);
  });

  // One pixel of 3 through a 2x2 kernel 1, 2, 3, 4 with stride 2, all scales 1: the kernel times 3, plus bias 5.
  test('TRANSPOSE_CONV of int8 spreads a pixel over its kernel', () => {
    const attributes = { padding: 'VALID', strideH: 2, strideW: 2, activation: 'NONE' } as const;
    const inputs = [
      constant([1, 2, 2, 1], [4], 'int32'),
      constant([1, 2, 3, 4], [1, 2, 2, 1], 'int8', [1]),
      activation([1, 1, 1, 1], 'int8', 1, 1),
      constant([5], [1], 'int32'),
    ];
    const graph = oneOp('TRANSPOSE_CONV', attributes, inputs, activation([1, 2, 2, 1], 'int8', 1, 0));
    expect(Array.from(createExecutor(graph).run([Int8Array.of(4)])[0], Number)).toEqual([8, 11, 14, 17]);
  });

  test('float32 to int8 and back: halves away from zero, ends of the range', () => {
    const shape = [6];
    const graph = oneOp('QUANTIZE', {}, [{ shape, dtype: 'float32' }], activation(shape, 'int8', 0.5, 10));
    const [out] = createExecutor(graph).run([Float32Array.of(0, 0.25, -0.25, 1, 1000, -1000)]);
    expect(Array.from(out, Number)).toEqual([10, 11, 9, 12, 127, -128]);
    const back = oneOp('DEQUANTIZE', {}, [activation(shape, 'int8', 0.5, 10)], { shape, dtype: 'float32' });
    expect(Array.from(createExecutor(back).run([out])[0], Number)).toEqual([0, 0.5, -0.5, 1, 58.5, -69]);
  });
});
