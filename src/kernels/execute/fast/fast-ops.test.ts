import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawInputs, expectSameBytes } from '../../../../test/support/fast-and-plain.ts';
import { activation, constant, oneOp, type Operand } from '../../../../test/support/one-op.ts';
import { convOutSize } from '../../../models/graph/shapes.ts';
import { opFor, type OpType } from '../../index.ts';
import { prepareFast } from './index.ts';
import { createWorkspace } from './workspace.ts';

const RUNS = 100;
const zero = fc.integer({ min: -128, max: 127 });
const scale = fc.double({ min: -9, max: 3, noNaN: true }).map((power) => Math.fround(2 ** power));
const activations = fc.constantFrom('NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1');
const anyCase = fc.record({
  seed: fc.nat(1e6),
  dtype: fc.constantFrom('int8', 'float32'),
  shape: fc.tuple(fc.integer({ min: 1, max: 2 }), ...[9, 9, 21].map((max) => fc.integer({ min: 1, max }))),
  zeros: fc.tuple(zero, zero, zero),
  scales: fc.tuple(scale, scale, scale),
  activation: activations,
});
type Case = typeof anyCase extends fc.Arbitrary<infer C> ? C : never;

/** The operand's tensor: 0 and 1 are inputs, 2 is the output. */
function tensor(c: Case, shape: readonly number[], operand: 0 | 1 | 2): Operand {
  if (c.dtype === 'float32') return { shape, dtype: 'float32' };
  return activation(shape, 'int8', c.scales[operand], c.zeros[operand]);
}

function sameForAll<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, check), { numRuns: RUNS, seed: 23 });
}

const window = fc.record({
  filterH: fc.integer({ min: 1, max: 4 }),
  filterW: fc.integer({ min: 1, max: 4 }),
  strideH: fc.integer({ min: 1, max: 3 }),
  strideW: fc.integer({ min: 1, max: 3 }),
  padding: fc.constantFrom('SAME', 'VALID'),
});

describe(`${RUNS} cases each give the bytes of the plain loops`, () => {
  test('sums of two operands of any scales', () => {
    sameForAll(anyCase, (c) => {
      const inputs = [tensor(c, c.shape, 0), tensor(c, c.shape, 1)];
      const attributes = { activation: c.activation } as never;
      const graph = oneOp('ADD', attributes, inputs, tensor(c, c.shape, 2));
      expectSameBytes(graph, drawInputs(graph, c.seed));
    });
  });

  test.each(['MAX_POOL_2D', 'AVERAGE_POOL_2D'] as const)('%s', (op) => {
    sameForAll(fc.tuple(anyCase, window), ([c, w]) => {
      const [batches, inH, inW, channels] = c.shape;
      const outH = convOutSize(inH, w.filterH, w.strideH, 1, w.padding as 'SAME');
      const outW = convOutSize(inW, w.filterW, w.strideW, 1, w.padding as 'SAME');
      fc.pre(outH > 0 && outW > 0);
      const attributes = { ...w, activation: c.activation } as never;
      const output = tensor(c, [batches, outH, outW, channels], 0);
      const graph = oneOp(op, attributes, [tensor(c, c.shape, 0)], output);
      expectSameBytes(graph, drawInputs(graph, c.seed));
    });
  });

  test.each(['MEAN', 'SUM'] as const)('%s over axes that follow one another', (op) => {
    const anyAxes = fc.constantFrom([0], [1], [2], [1, 2], [0, 1], [0, 1, 2], [2, 1, 1], [-2], [0, 2], [3]);
    sameForAll(fc.tuple(anyCase, anyAxes), ([c, axes]) => {
      const gone = new Set(axes.map((axis) => (axis + 4) % 4));
      const shape = c.shape.map((dimension, axis) => (gone.has(axis) ? 1 : dimension));
      const inputs = [tensor(c, c.shape, 0), constant(axes, [axes.length], 'int32')];
      const graph = oneOp(op, { keepDims: true }, inputs, tensor(c, shape, 2));
      expectSameBytes(graph, drawInputs(graph, c.seed));
    });
  });

  test('PAD by any amounts', () => {
    const anyAmounts = fc.array(fc.nat(3), { minLength: 8, maxLength: 8 });
    const anyOuter = fc.integer({ min: 0, max: 4 });
    sameForAll(fc.tuple(anyCase, anyAmounts, anyOuter), ([c, drawn, outer]) => {
      const amounts = drawn.map((amount, at) => (at < 2 * outer ? amount : 0));
      const shape = c.shape.map((dimension, axis) => amounts[2 * axis] + dimension + amounts[2 * axis + 1]);
      const inputs = [tensor(c, c.shape, 0), constant(amounts, [4, 2], 'int32')];
      const graph = oneOp('PAD', {}, inputs, tensor(c, shape, 0));
      expectSameBytes(graph, drawInputs(graph, c.seed));
    });
  });

  test.each(['RELU', 'RELU6', 'LEAKY_RELU', 'HARD_SWISH', 'LOGISTIC', 'TANH'] as const)('%s', (op) => {
    sameForAll(anyCase, (c) => {
      const isSigmoid = op === 'LOGISTIC' || op === 'TANH';
      const output =
        isSigmoid && c.dtype === 'int8'
          ? activation(c.shape, 'int8', op === 'TANH' ? 1 / 128 : 1 / 256, op === 'TANH' ? 0 : -128)
          : tensor(c, c.shape, op === 'RELU6' ? 0 : 2);
      fc.pre(op !== 'HARD_SWISH' || c.scales[2] * 64 > c.scales[0]);
      const graph = oneOp(op, { alpha: 0.3 } as never, [tensor(c, c.shape, 0)], output);
      expectSameBytes(graph, drawInputs(graph, c.seed));
    });
  });

  test('QUANTIZE of float32, of halves and of what is no finite number', () => {
    const special = [Infinity, -Infinity, 0.5, -0.5, 1.5, -2.5, 0.49999997, -0.49999997, 1e30, -0];
    sameForAll(anyCase, (c) => {
      const shape = [c.shape[3] + special.length];
      const output = activation(shape, 'int8', c.scales[2], c.zeros[2]);
      const graph = oneOp('QUANTIZE', {}, [{ shape, dtype: 'float32' }], output);
      const [drawn] = drawInputs(graph, c.seed);
      const inputs = Float32Array.from(drawn);
      inputs.set(
        special.map((value) => value * c.scales[2]),
        c.seed % c.shape[3],
      );
      expectSameBytes(graph, [inputs]);
    });
  });

  test.each([
    ['QUANTIZE', 'int8', 'int8'],
    ['QUANTIZE', 'uint8', 'int8'],
    ['QUANTIZE', 'int8', 'uint8'],
    ['DEQUANTIZE', 'int8', 'float32'],
    ['DEQUANTIZE', 'uint8', 'float32'],
  ] as const)('%s of %s to %s', (op, from, to) => {
    sameForAll(anyCase, (c) => {
      const shift = (dtype: string) => (dtype === 'uint8' ? 128 : 0);
      const input = activation(c.shape, from, c.scales[0], c.zeros[0] + shift(from));
      const output =
        to === 'float32'
          ? ({ shape: c.shape, dtype: to } as const)
          : activation(c.shape, to, c.scales[2], c.zeros[2] + shift(to));
      const graph = oneOp(op, {}, [input], output);
      expectSameBytes(graph, drawInputs(graph, c.seed));
    });
  });
});

const image = activation([1, 4, 4, 8], 'int8', 0.5, 0);
const pool = { filterH: 2, filterW: 2, strideH: 2, strideW: 2, padding: 'SAME', activation: 'NONE' };
const CASES: readonly [OpType, object, readonly Operand[], readonly number[]][] = [
  ['ADD', { activation: 'NONE' }, [image, image], [1, 4, 4, 8]],
  ['MAX_POOL_2D', pool, [image], [1, 2, 2, 8]],
  ['AVERAGE_POOL_2D', pool, [image], [1, 2, 2, 8]],
  ['MEAN', { keepDims: false }, [image, constant([1, 2], [2], 'int32')], [1, 8]],
  ['PAD', {}, [image, constant([0, 0, 1, 1, 1, 1, 0, 0], [4, 2], 'int32')], [1, 6, 6, 8]],
  ['QUANTIZE', {}, [{ shape: [1, 4, 4, 8], dtype: 'float32' }], [1, 4, 4, 8]],
  ['RELU6', {}, [image], [1, 4, 4, 8]],
];

test.each(CASES)('%s of int8 has a fast kernel', (type, attributes, inputs, shape) => {
  const op = opFor(type)!;
  const outputs = [activation(shape, 'int8', 0.5, 0)];
  expect(prepareFast(op, attributes, inputs, outputs, createWorkspace()!)).toBeDefined();
});
