import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpAttributes, OpType } from '../../models/attributes.ts';
import { elementCount, type Graph, type Tensor } from '../../models/graph.ts';
import { modelFromBytes } from '../../models/load.ts';
import { convOutSize } from '../../models/shapes.ts';
import { createExecutor } from '../executor.ts';
import { createWorkspace } from './workspace.ts';

const RUNS = 300;
const MODELS = new URL('../../../../shared/models/', import.meta.url);
const isPresent = existsSync(MODELS);

type Named = Omit<Tensor, 'name'>;

function graphOf<T extends OpType>(
  op: T,
  attributes: OpAttributes[T],
  inputs: readonly Named[],
  output: Named,
): Graph {
  const tensors = [...inputs, output].map((tensor, index) => ({ ...tensor, name: `t${index}` }));
  const computed = inputs.flatMap(({ data }, index) => (data ? [] : [index]));
  const node = {
    op,
    attributes: attributes as never,
    inputs: inputs.map((_, index) => index),
    outputs: [inputs.length],
  };
  return {
    name: 'one op',
    format: 'builder',
    tensors,
    nodes: [node],
    inputs: computed,
    outputs: [inputs.length],
    fileBytes: 0,
  };
}

/** Bytes from a seed, spread over the whole range of int8. */
function bytes(seed: number, count: number): Int8Array {
  return Int8Array.from({ length: count }, (_, at) => Math.imul(seed + at + 1, 0x9e3779b1) >>> 24);
}

function constant(
  seed: number,
  shape: readonly number[],
  dtype: 'int8' | 'int32',
  scales: readonly number[],
): Named {
  const count = elementCount(shape);
  const values =
    dtype === 'int8'
      ? bytes(seed, count)
      : Int32Array.from({ length: count }, (_, at) => Math.imul(seed + at, 0x85ebca6b) >> 16);
  const quantization = { scales, zeroPoints: scales.map(() => 0), axis: 0 };
  return { shape, dtype, data: new Uint8Array(values.buffer), isConstant: true, quantization };
}

function activation(shape: readonly number[], scale: number, zeroPoint: number): Named {
  return { shape, dtype: 'int8', quantization: { scales: [scale], zeroPoints: [zeroPoint], axis: 0 } };
}

function runBoth(graph: Graph, seed: number): [plain: number[], fast: number[]] {
  const inputs = graph.inputs.map((index) => bytes(seed + index, elementCount(graph.tensors[index].shape)));
  const run = (fast: boolean) => Array.from(createExecutor(graph, { fast }).run(inputs)[0], Number);
  return [run(false), run(true)];
}

const scale = fc.integer({ min: 1, max: 4000 }).map((n) => Math.fround(n / 8192));
const zero = fc.integer({ min: -128, max: 127 });
const fused = fc.constantFrom('NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1' as const);
const small = fc.integer({ min: 1, max: 3 });
const windowed = fc.record({
  seed: fc.nat(1e6),
  inH: fc.integer({ min: 1, max: 9 }),
  inW: fc.integer({ min: 1, max: 9 }),
  batches: fc.integer({ min: 1, max: 2 }),
  inC: fc.integer({ min: 1, max: 19 }),
  outC: fc.integer({ min: 1, max: 19 }),
  kernelH: small,
  kernelW: small,
  strideH: small,
  strideW: small,
  dilationH: small,
  padding: fc.constantFrom('SAME', 'VALID' as const),
  activation: fused,
  inScale: scale,
  outScale: scale,
  inZero: zero,
  outZero: zero,
  scales: fc.array(scale, { minLength: 19, maxLength: 19 }),
});

describe('fast kernels give the bytes of the plain loops', () => {
  test('this host has WebAssembly SIMD, so that the fast kernels are what runs here', () => {
    expect(createWorkspace()).toBeDefined();
  });

  test(`convolution, ${RUNS} cases`, () => {
    fc.assert(
      fc.property(windowed, (c) => {
        const outH = convOutSize(c.inH, c.kernelH, c.strideH, 1, c.padding);
        const outW = convOutSize(c.inW, c.kernelW, c.strideW, 1, c.padding);
        fc.pre(outH > 0 && outW > 0);
        const weights = constant(
          c.seed,
          [c.outC, c.kernelH, c.kernelW, c.inC],
          'int8',
          c.scales.slice(0, c.outC),
        );
        const inputs = [
          activation([c.batches, c.inH, c.inW, c.inC], c.inScale, c.inZero),
          weights,
          constant(c.seed, [c.outC], 'int32', [1]),
        ];
        const graph = graphOf(
          'CONV_2D',
          { ...c, dilationH: 1, dilationW: 1 },
          inputs,
          activation([c.batches, outH, outW, c.outC], c.outScale, c.outZero),
        );
        const [plain, fast] = runBoth(graph, c.seed);
        expect(fast).toEqual(plain);
      }),
      { numRuns: RUNS, seed: 11 },
    );
  });

  test(`depthwise convolution, dilated too, ${RUNS} cases`, () => {
    fc.assert(
      fc.property(windowed, (c) => {
        const outH = convOutSize(c.inH, c.kernelH, c.strideH, c.dilationH, c.padding);
        const outW = convOutSize(c.inW, c.kernelW, c.strideW, 1, c.padding);
        fc.pre(outH > 0 && outW > 0);
        const weights = constant(c.seed, [1, c.kernelH, c.kernelW, c.inC], 'int8', c.scales.slice(0, c.inC));
        const inputs = [
          activation([c.batches, c.inH, c.inW, c.inC], c.inScale, c.inZero),
          weights,
          constant(c.seed, [c.inC], 'int32', [1]),
        ];
        const attributes = { ...c, dilationW: 1, depthMultiplier: 1 };
        const graph = graphOf(
          'DEPTHWISE_CONV_2D',
          attributes,
          inputs,
          activation([c.batches, outH, outW, c.inC], c.outScale, c.outZero),
        );
        const [plain, fast] = runBoth(graph, c.seed);
        expect(fast).toEqual(plain);
      }),
      { numRuns: RUNS, seed: 12 },
    );
  });

  test(`dense layer, ${RUNS} cases`, () => {
    fc.assert(
      fc.property(windowed, (c) => {
        const inC = c.inC * c.inW;
        const inputs = [
          activation([c.inH, inC], c.inScale, c.inZero),
          constant(c.seed, [c.outC, inC], 'int8', [c.scales[0]]),
          constant(c.seed, [c.outC], 'int32', [1]),
        ];
        const graph = graphOf(
          'FULLY_CONNECTED',
          { activation: c.activation, keepNumDims: false },
          inputs,
          activation([c.inH, c.outC], c.outScale, c.outZero),
        );
        const [plain, fast] = runBoth(graph, c.seed);
        expect(fast).toEqual(plain);
      }),
      { numRuns: RUNS, seed: 13 },
    );
  });

  test(`sum, ${RUNS} cases`, () => {
    fc.assert(
      fc.property(windowed, (c) => {
        const shape = [c.inH, c.inW, c.inC];
        const inputs = [activation(shape, c.inScale, c.inZero), activation(shape, c.scales[0], c.outZero)];
        const graph = graphOf(
          'ADD',
          { activation: c.activation },
          inputs,
          activation(shape, c.outScale, c.outZero),
        );
        const [plain, fast] = runBoth(graph, c.seed);
        expect(fast).toEqual(plain);
      }),
      { numRuns: RUNS, seed: 14 },
    );
  });
});

describe.skipIf(!isPresent)(
  'fast and plain executors agree on every layer of the real models' +
    (isPresent ? '' : ' (skipped: ../shared/models is absent)'),
  () => {
    const files = isPresent ? readdirSync(MODELS).filter((file) => file.endsWith('.tflite')) : [];
    test.each(files)('%s', (file) => {
      const graph = modelFromBytes(readFileSync(new URL(file, MODELS)), file);
      const { shape, dtype } = graph.tensors[graph.inputs[0]];
      const stored = bytes(1, elementCount(shape));
      const input = dtype === 'float32' ? Float32Array.from(stored, (value) => value / 128) : stored;
      const layers = [false, true].map((fast) => {
        const executor = createExecutor(graph, { fast });
        const copies: unknown[] = [];
        executor.run([input], (node) =>
          copies.push(...graph.nodes[node].outputs.map((index) => executor.tensor(index).slice())),
        );
        return copies;
      });
      expect(layers[1]).toEqual(layers[0]);
    });
  },
);
