import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bigClamp, bigScale, bigScaleWide, bigSoftmax } from '../../../test/support/big-integer-kernels.ts';
import {
  activation,
  arrayOf,
  constant,
  drawIntegers,
  oneOp,
  type Operand,
} from '../../../test/support/one-op.ts';
import type { OpType } from '../index.ts';
import { elementCount } from '../../models/graph/graph.ts';
import { createExecutor } from './executor.ts';

const RUNS = 250;
const RANGES = { int8: [-128, 127], uint8: [0, 255], int16: [-32768, 32767] } as const;
type Quantized = keyof typeof RANGES;

const anyCase = fc
  .record({
    dtype: fc.constantFrom<Quantized[]>('int8', 'uint8', 'int16'),
    seed: fc.nat(1e6),
    ...{
      a: fc.integer({ min: 1, max: 4 }),
      b: fc.integer({ min: 1, max: 4 }),
      c: fc.integer({ min: 1, max: 5 }),
    },
    scales: fc.array(fc.integer({ min: 16, max: 4000 }), { minLength: 8, maxLength: 8 }),
    zeros: fc.array(fc.integer({ min: -128, max: 127 }), { minLength: 3, maxLength: 3 }),
  })
  .map(({ scales, zeros, dtype, ...rest }) => ({
    ...rest,
    dtype,
    scales: scales.map((n) => Math.fround(n / 8192)),
    // 16-bit activations are symmetric in TFLite.
    zeros: zeros.map((zero) => (dtype === 'int16' ? 0 : dtype === 'uint8' ? zero + 128 : zero)),
    low: RANGES[dtype][0],
    high: RANGES[dtype][1],
  }));
type Case = typeof anyCase extends fc.Arbitrary<infer C> ? C : never;

const values = (c: Case, at: number, shape: readonly number[]) =>
  drawIntegers(c.seed + at, elementCount(shape), c.dtype);

function run(
  op: OpType,
  attributes: object,
  inputs: readonly Operand[],
  output: Operand,
  given: readonly number[][],
): number[] {
  const graph = oneOp(op, attributes as never, inputs, output);
  const arrays = given.map((list, at) => arrayOf(list, graph.tensors[graph.inputs[at]].dtype as Quantized));
  return Array.from(createExecutor(graph, { fast: false }).run(arrays)[0], Number);
}

function check(count: number, property: (c: Case) => [got: number[], expected: number[]]): void {
  const holds = (c: Case) => {
    const [got, expected] = property(c);
    expect(got).toEqual(expected);
  };
  fc.assert(fc.property(anyCase, holds), { numRuns: count, seed: 21 });
}

describe(`quantized operators equal a model in unlimited integers, int8, uint8 and int16, ${RUNS} cases each`, () => {
  test('dense', () =>
    check(RUNS, (c) => {
      const [rows, inC, outC] = [c.a, c.b * c.c, c.c];
      const weightType = c.dtype === 'int16' ? 'int8' : c.dtype;
      const weights = drawIntegers(c.seed + 9, inC * outC, weightType);
      const weightZero = c.dtype === 'uint8' ? c.zeros[2] : 0;
      const bias = drawIntegers(c.seed, outC, 'int32');
      const x = values(c, 0, [rows, inC]);
      const [sIn, sW, sOut] = c.scales;
      const product = Math.fround(sIn * sW) / sOut;
      const expected = Array.from({ length: rows * outC }, (_, at) => {
        const [row, f] = [Math.floor(at / outC), at % outC];
        let sum = BigInt(bias[f]);
        for (let i = 0; i < inC; i++) {
          sum += BigInt(weights[f * inC + i] - weightZero) * BigInt(x[row * inC + i] - c.zeros[0]);
        }
        return bigClamp(bigScale(sum, product) + BigInt(c.zeros[1]), c.low, c.high);
      });
      const inputs = [
        activation([rows, inC], c.dtype, sIn, c.zeros[0]),
        constant(weights, [outC, inC], weightType, [sW], weightZero),
        constant(bias, [outC], 'int32'),
      ];
      const output = activation([rows, outC], c.dtype, sOut, c.zeros[1]);
      return [
        run('FULLY_CONNECTED', { activation: 'NONE', keepNumDims: false }, inputs, output, [x]),
        expected,
      ];
    }));

  test('dense with a 64-bit accumulator, int16 without bias', () =>
    check(RUNS, (c) => {
      const [inC, outC] = [c.b * c.c, c.a];
      const weights = drawIntegers(c.seed + 9, inC * outC, 'int8');
      const x = drawIntegers(c.seed, inC, 'int16');
      const [sIn, sW, sOut] = [c.scales[0], c.scales[1] / 64, c.scales[2]];
      const product = Math.fround(sIn * Math.fround(sW)) / sOut;
      const expected = Array.from({ length: outC }, (_, f) => {
        const sum = x.reduce((total, value, i) => total + BigInt(value) * BigInt(weights[f * inC + i]), 0n);
        return bigClamp(bigScaleWide(sum, product), -32768, 32767);
      });
      const inputs = [activation([1, inC], 'int16', sIn, 0), constant(weights, [outC, inC], 'int8', [sW])];
      const attributes = { activation: 'NONE', keepNumDims: false };
      return [
        run('FULLY_CONNECTED', attributes, inputs, activation([1, outC], 'int16', sOut, 0), [x]),
        expected,
      ];
    }));

  test('convolution, one scale a filter (uint8: one for all)', () =>
    check(RUNS, (c) => {
      const [h, w, inC, outC, kernel] = [c.a + 1, c.b + 1, c.c, c.b, 2];
      const weightType = c.dtype === 'int16' ? 'int8' : c.dtype;
      const shape = [outC, kernel, kernel, inC];
      const weights = drawIntegers(c.seed + 9, elementCount(shape), weightType);
      const weightZero = c.dtype === 'uint8' ? c.zeros[2] : 0;
      const scales = c.dtype === 'uint8' ? [c.scales[2]] : c.scales.slice(2, 2 + outC);
      const bias = drawIntegers(c.seed, outC, 'int32');
      const x = values(c, 0, [h, w, inC]);
      const factor = (f: number) =>
        c.dtype === 'uint8'
          ? Math.fround(c.scales[0] * scales[0]) / c.scales[1]
          : (c.scales[0] * (scales[f] ?? scales[0])) / c.scales[1];
      const expected: number[] = [];
      for (let y = 0; y < h - 1; y++) {
        for (let column = 0; column < w - 1; column++) {
          for (let f = 0; f < outC; f++) {
            let sum = BigInt(bias[f]);
            for (let tap = 0; tap < kernel * kernel * inC; tap++) {
              const [ky, kx, i] = [
                Math.floor(tap / (kernel * inC)),
                Math.floor(tap / inC) % kernel,
                tap % inC,
              ];
              const pixel = x[((y + ky) * w + column + kx) * inC + i];
              sum +=
                BigInt(weights[f * kernel * kernel * inC + tap] - weightZero) * BigInt(pixel - c.zeros[0]);
            }
            expected.push(bigClamp(bigScale(sum, factor(f)) + BigInt(c.zeros[1]), c.low, c.high));
          }
        }
      }
      const attributes = {
        padding: 'VALID',
        strideH: 1,
        strideW: 1,
        dilationH: 1,
        dilationW: 1,
        activation: 'NONE',
      };
      const inputs = [
        activation([1, h, w, inC], c.dtype, c.scales[0], c.zeros[0]),
        constant(weights, shape, weightType, scales, weightZero),
        constant(bias, [outC], 'int32'),
      ];
      const output = activation([1, h - 1, w - 1, outC], c.dtype, c.scales[1], c.zeros[1]);
      return [run('CONV_2D', attributes, inputs, output, [x]), expected];
    }));

  test.each(['ADD', 'SUB'] as const)('%s', (op) =>
    check(RUNS, (c) => {
      const shape = [c.a, c.b, c.c];
      const [x, y] = [values(c, 0, shape), values(c, 1, shape)];
      const [sa, sb, so] = c.scales;
      const round = op === 'ADD' ? Number : Math.fround;
      const lift = c.dtype === 'int16' ? 2 ** 15 : 2 ** 20;
      const common = 2 * Math.max(sa, sb);
      const back = round(common / round(lift * so));
      const expected = x.map((_, at) => {
        const a = bigScale(BigInt((x[at] - c.zeros[0]) * lift), round(sa / common));
        const b = bigScale(BigInt((y[at] - c.zeros[1]) * lift), round(sb / common));
        return bigClamp(bigScale(op === 'ADD' ? a + b : a - b, back) + BigInt(c.zeros[2]), c.low, c.high);
      });
      const inputs = [activation(shape, c.dtype, sa, c.zeros[0]), activation(shape, c.dtype, sb, c.zeros[1])];
      return [
        run(op, { activation: 'NONE' }, inputs, activation(shape, c.dtype, so, c.zeros[2]), [x, y]),
        expected,
      ];
    }),
  );

  test('MUL', () =>
    check(RUNS, (c) => {
      const shape = [c.a, c.b, c.c];
      const [x, y] = [values(c, 0, shape), values(c, 1, shape)];
      const [sa, sb, so] = c.scales;
      const factor = (sa * sb) / so;
      const expected = x.map((_, at) => {
        const product = BigInt(x[at] - c.zeros[0]) * BigInt(y[at] - c.zeros[1]);
        return bigClamp(bigScale(product, factor) + BigInt(c.zeros[2]), c.low, c.high);
      });
      const inputs = [activation(shape, c.dtype, sa, c.zeros[0]), activation(shape, c.dtype, sb, c.zeros[1])];
      const output = activation(shape, c.dtype, so, c.zeros[2]);
      return [run('MUL', { activation: 'NONE' }, inputs, output, [x, y]), expected];
    }));

  test('QUANTIZE from one scale to another, with all pairs of types', () =>
    check(RUNS, (c) => {
      const shape = [c.a, c.b, c.c];
      const to = (['int8', 'uint8', 'int16'] as const)[c.seed % 3];
      const [low, high] = RANGES[to];
      const x = values(c, 0, shape);
      const expected = x.map((value) =>
        bigClamp(bigScale(BigInt(value - c.zeros[0]), c.scales[0] / c.scales[1]) + BigInt(c.a), low, high),
      );
      const input = activation(shape, c.dtype, c.scales[0], c.zeros[0]);
      return [run('QUANTIZE', {}, [input], activation(shape, to, c.scales[1], c.a), [x]), expected];
    }));

  test('AVERAGE_POOL_2D: halves away from zero, no rescaling', () =>
    check(RUNS, (c) => {
      const [h, w] = [c.a, c.b];
      const x = values(c, 0, [h, w, c.c]);
      const pixels = BigInt(h * w);
      const expected = Array.from({ length: c.c }, (_, channel) => {
        const sum = x
          .filter((_, at) => at % c.c === channel)
          .reduce((total, value) => total + BigInt(value), 0n);
        return Number((sum > 0n ? sum + pixels / 2n : sum - pixels / 2n) / pixels);
      });
      const attributes = {
        padding: 'VALID',
        strideH: 1,
        strideW: 1,
        filterH: h,
        filterW: w,
        activation: 'NONE',
      };
      const of = (shape: number[]) => activation(shape, c.dtype, c.scales[0], c.zeros[0]);
      return [run('AVERAGE_POOL_2D', attributes, [of([1, h, w, c.c])], of([1, 1, 1, c.c]), [x]), expected];
    }));

  test('SOFTMAX of int8', () =>
    check(RUNS, (c) => {
      const x = drawIntegers(c.seed, c.a * c.b * c.c, 'int8').map((value) => value >> (c.seed % 5));
      const shape = [1, x.length];
      const inputs = [activation(shape, 'int8', c.scales[0], 3)];
      const got = run('SOFTMAX', { beta: 1 }, inputs, activation(shape, 'int8', 1 / 256, -128), [x]);
      return [got, bigSoftmax(x, c.scales[0], 1)];
    }));
});
