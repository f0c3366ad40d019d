import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeExtra, extraModel, extraNames } from '../../../../test/support/extra-models.ts';
import { drawInputs, expectSameBytes } from '../../../../test/support/fast-and-plain.ts';
import { goldenBytes, goldenNames } from '../../../../test/support/goldens.ts';
import { benchmarkGraph, TINY_BENCHMARK } from '../../../../test/support/tiny-benchmark.ts';
import { activation, constant, drawIntegers, oneOp, type Operand } from '../../../../test/support/one-op.ts';
import { elementCount, type Graph } from '../../../models/graph/graph.ts';
import { graphFromBytes } from '../../../files/load-model.ts';
import { convOutSize } from '../../../models/graph/shapes.ts';
import { createExecutor } from '../executor.ts';
import { createWorkspace } from './workspace.ts';

const RUNS = 300;

const scale = fc.integer({ min: 1, max: 4000 }).map((n) => Math.fround(n / 8192));
const zero = fc.integer({ min: -128, max: 127 });
/** Half of all outputs are as behind a ReLU: nothing lies below their zero point. */
const lowestOrAny = fc.oneof(fc.constant(-128), zero);
const length = fc.integer({ min: 1, max: 9 });
const channels = fc.integer({ min: 1, max: 19 });
const small = fc.integer({ min: 1, max: 3 });
const reach = fc.integer({ min: 1, max: 5 });
/** Most kernels are of three taps, for which there is code of its own. */
const kernel = fc.oneof(fc.constant(3), reach);
const anyCase = fc.record({
  dtype: fc.constantFrom('int8', 'float32'),
  seed: fc.nat(1e6),
  batches: fc.integer({ min: 1, max: 2 }),
  ...{ inH: length, inW: length, inC: channels, outC: channels },
  ...{
    kernelH: kernel,
    kernelW: kernel,
    strideH: small,
    strideW: small,
    dilationH: small,
    multiplier: small,
  },
  padding: fc.constantFrom('SAME', 'VALID'),
  activation: fc.constantFrom('NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1'),
  ...{ inScale: scale, outScale: scale, inZero: zero, outZero: lowestOrAny },
  scales: fc.array(scale, { minLength: 19, maxLength: 19 }),
});
type Case = typeof anyCase extends fc.Arbitrary<infer C> ? C : never;

function weights(c: Case, shape: readonly number[], scales: readonly number[]): Operand {
  const values = drawIntegers(c.seed, elementCount(shape), 'int8');
  if (c.dtype === 'int8') return constant(values, shape, 'int8', scales);
  return constant(
    values.map((value) => value / 100),
    shape,
    'float32',
  );
}

function bias(c: Case, count: number): Operand {
  const values = drawIntegers(c.seed, count, 'int32');
  if (c.dtype === 'int8') return constant(values, [count], 'int32');
  return constant(
    values.map((value) => value / 60000),
    [count],
    'float32',
  );
}

function tensor(c: Case, shape: readonly number[], end: 'in' | 'out'): Operand {
  if (c.dtype === 'float32') return { shape, dtype: 'float32' };
  return end === 'in'
    ? activation(shape, 'int8', c.inScale, c.inZero)
    : activation(shape, 'int8', c.outScale, c.outZero);
}

/** Output height and width of a window; nothing where it does not fit. */
function slide(c: Case, dilationH: number): [number, number] {
  const outH = convOutSize(c.inH, c.kernelH, c.strideH, dilationH, c.padding);
  const outW = convOutSize(c.inW, c.kernelW, c.strideW, 1, c.padding);
  fc.pre(outH > 0 && outW > 0);
  return [outH, outW];
}

const BUILD: Record<string, (c: Case) => Graph> = {
  convolution(c) {
    const attributes = { ...c, dilationH: 1, dilationW: 1 } as never;
    const input = tensor(c, [c.batches, c.inH, c.inW, c.inC], 'in');
    const filter = weights(c, [c.outC, c.kernelH, c.kernelW, c.inC], c.scales.slice(0, c.outC));
    const output = tensor(c, [c.batches, ...slide(c, 1), c.outC], 'out');
    return oneOp('CONV_2D', attributes, [input, filter, bias(c, c.outC)], output);
  },
  'depthwise convolution, dilated too'(c) {
    const outC = c.inC * c.multiplier;
    const attributes = { ...c, dilationW: 1, depthMultiplier: c.multiplier } as never;
    const input = tensor(c, [c.batches, c.inH, c.inW, c.inC], 'in');
    const scales = Array.from({ length: outC }, (_, at) => c.scales[at % c.scales.length]);
    const filter = weights(c, [1, c.kernelH, c.kernelW, outC], scales);
    const output = tensor(c, [c.batches, ...slide(c, c.dilationH), outC], 'out');
    return oneOp('DEPTHWISE_CONV_2D', attributes, [input, filter, bias(c, outC)], output);
  },
  'dense layer'(c) {
    const inC = c.inC * c.inW;
    const attributes = { activation: c.activation, keepNumDims: false } as never;
    const filter = weights(c, [c.outC, inC], [c.scales[0]]);
    const output = tensor(c, [c.inH, c.outC], 'out');
    return oneOp(
      'FULLY_CONNECTED',
      attributes,
      [tensor(c, [c.inH, inC], 'in'), filter, bias(c, c.outC)],
      output,
    );
  },
  sum(c) {
    const shape = [c.inH, c.inW, c.inC];
    const second =
      c.dtype === 'int8' ? activation(shape, 'int8', c.scales[0], c.outZero) : tensor(c, shape, 'in');
    const attributes = { activation: c.activation } as never;
    return oneOp('ADD', attributes, [tensor(c, shape, 'in'), second], tensor(c, shape, 'out'));
  },
};

describe('fast kernels give the bytes of the plain loops', () => {
  test('this host has WebAssembly SIMD, so that the fast kernels are what runs here', () => {
    expect(createWorkspace()).toBeDefined();
  });

  test.each(Object.entries(BUILD))(`%s, int8 and float32, ${RUNS} cases`, (_name, build) => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const graph = build(c);
        expectSameBytes(graph, drawInputs(graph, c.seed));
      }),
      { numRuns: RUNS, seed: 11 },
    );
  });
});

/** Bytes of each node's outputs after it has run. */
function layersOf(graph: Graph, fast: boolean): Buffer[] {
  const inputs = graph.inputs.map((index) => {
    const { shape, dtype } = graph.tensors[index];
    const stored = drawIntegers(1, elementCount(shape), 'int8');
    return dtype === 'float32' ? Float32Array.from(stored, (value) => value / 128) : Int8Array.from(stored);
  });
  const executor = createExecutor(graph, { fast });
  const layers: Buffer[] = [];
  executor.run(inputs, (node) => {
    for (const output of graph.nodes[node].outputs) {
      const { buffer, byteOffset, byteLength } = executor.tensor(output);
      layers.push(Buffer.from(new Uint8Array(buffer, byteOffset, byteLength)));
    }
  });
  return layers;
}

function expectSameLayers(graph: Graph): void {
  const [plain, fast] = [layersOf(graph, false), layersOf(graph, true)];
  expect(plain.length).toBeGreaterThan(0);
  expect(plain.findIndex((layer, at) => !fast[at].equals(layer))).toBe(-1);
}

describe('fast and plain executors agree on every layer', () => {
  const networks = goldenNames('ops', '.tflite').filter((name) => /^net-(prelu|sepconv|unet)/.test(name));
  const files = [
    ...goldenNames('paper', '.tflite').map((name) => `paper/${name}`),
    ...networks.map((name) => `ops/${name}`),
  ];
  test.each(files)('%s', (file) => expectSameLayers(graphFromBytes(goldenBytes(file), file)));

  test.each(Object.keys(TINY_BENCHMARK))('%s in float32 and int8, its weights drawn', (name) => {
    expectSameLayers(benchmarkGraph(name, 'float32'));
    expectSameLayers(benchmarkGraph(name, 'int8'));
  });
});

describeExtra('fast and plain executors agree on every layer', () => {
  test.each(extraNames('', '.tflite'))('%s', (file) => {
    expectSameLayers(graphFromBytes(readFileSync(extraModel(file)), file));
  });
});
