import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { describeExtra, extraModel, extraNames } from '../../../../test/support/extra-models.ts';
import { goldenBytes, goldenNames } from '../../../../test/support/goldens.ts';
import { readOpGoldens } from '../../../../test/support/op-goldens.ts';
import { benchmarkGraph, TINY_BENCHMARK } from '../../../../test/support/tiny-benchmark.ts';
import { elementCount, tensorBytes, type Graph } from '../../graph/graph.ts';
import { paperCnn } from '../../specs/paper-cnn.ts';
import { readTflite, writeTflite } from '../../../files/tflite.ts';

const golden = (path: string) => readTflite(goldenBytes(path), path);
const extra = (path: string) => readTflite(new Uint8Array(readFileSync(extraModel(path))), path);

/** Operators in order, runs as `name x count`. */
function opRuns(graph: Graph): string {
  const counts = new Map<string, number>();
  for (const { op } of graph.nodes) counts.set(op, (counts.get(op) ?? 0) + 1);
  return [...counts].map(([op, count]) => `${op} x ${count}`).join(', ');
}

const shapesOf = (graph: Graph, tensors: readonly number[]) =>
  tensors.map((tensor) => graph.tensors[tensor].shape);

/** Multiply-accumulates from weights and output shapes alone, as the model cards count them. */
function countMacs(graph: Graph): number {
  const perNode = graph.nodes.map(({ op, inputs, outputs }) => {
    const weights = graph.tensors[inputs[1]];
    const [output] = shapesOf(graph, outputs);
    if (op === 'CONV_2D') return elementCount(weights.shape) * output[1] * output[2];
    if (op === 'DEPTHWISE_CONV_2D') return elementCount(weights.shape) * output[1] * output[2];
    return op === 'FULLY_CONNECTED' ? elementCount(weights.shape) : 0;
  });
  return perNode.reduce((sum, macs) => sum + macs, 0);
}

// MAC totals: MLPerf Tiny, docs/hardware/measured.md#networks; operators and shapes: the benchmark's model
// descriptions.
const KNOWN = [
  {
    name: 'resnet8_cifar10',
    ops: 'CONV_2D x 9, ADD x 3, AVERAGE_POOL_2D x 1, RESHAPE x 1, FULLY_CONNECTED x 1, SOFTMAX x 1',
    input: [1, 32, 32, 3],
    output: [1, 10],
    macs: 12_501_632,
    variants: ['int8', 'float'],
  },
  {
    name: 'dscnn_kws',
    ops: 'CONV_2D x 5, DEPTHWISE_CONV_2D x 4, AVERAGE_POOL_2D x 1, RESHAPE x 1, FULLY_CONNECTED x 1, SOFTMAX x 1',
    input: [1, 49, 10, 1],
    output: [1, 12],
    macs: 2_656_768,
    variants: ['int8'],
  },
  {
    name: 'mobilenetv1_vww96',
    ops: 'CONV_2D x 14, DEPTHWISE_CONV_2D x 13, AVERAGE_POOL_2D x 1, RESHAPE x 1, FULLY_CONNECTED x 1, SOFTMAX x 1',
    input: [1, 96, 96, 3],
    output: [1, 2],
    macs: 7_489_664,
    variants: ['int8', 'float'],
  },
  {
    name: 'autoencoder_ad',
    ops: 'FULLY_CONNECTED x 10',
    input: [1, 640],
    output: [1, 640],
    macs: 264_192,
    variants: ['int8', 'float'],
  },
];

/** Constants hold what their shapes say, nothing odd is noted. */
function expectWhole(graph: Graph): void {
  const constants = graph.tensors.filter((tensor) => tensor.isConstant && tensor.data);
  expect(constants.map((tensor) => tensor.data!.length)).toEqual(constants.map(tensorBytes));
  expect(graph.notes).toBeUndefined();
}

/** The builder makes the same graph but for names, data and scales. */
function expectAsBuilt(file: Graph, name: string): void {
  const dtype = name.includes('int8') ? 'int8' : 'float32';
  const built = paperCnn({ filters: Number(/_f(\d+)_/.exec(name)![1]), dtype });
  const bare = (graph: Graph) =>
    graph.tensors.map(({ shape, dtype: type, isConstant }) => ({ shape, type, isConstant }));
  expect(bare(built)).toEqual(bare(file));
  expect([built.nodes, built.inputs, built.outputs]).toEqual([file.nodes, file.inputs, file.outputs]);
  expect(Math.abs(built.fileBytes - file.fileBytes)).toBeLessThanOrEqual(dtype === 'int8' ? 512 : 16);
}

/** Scales of a bias are those of the input times those of the weights. */
function expectBiasScales(graph: Graph, node: number, filters: number): void {
  const [input, weights, bias] = graph.nodes[node].inputs.map((index) => graph.tensors[index]);
  expect(weights.quantization!.scales).toHaveLength(filters);
  bias.quantization!.scales.forEach((scale, filter) => {
    const product = input.quantization!.scales[0] * weights.quantization!.scales[filter];
    expect(scale / product).toBeCloseTo(1, 5);
  });
}

/** Shape of the weights, axis and count of their scales. */
function weightScales(graph: Graph, node: number) {
  const { shape, quantization } = graph.tensors[graph.nodes[node].inputs[1]];
  return [shape, quantization!.axis, quantization!.scales.length];
}

/** Operators and networks of the goldens that Micro runs; the odd files have their own test. */
const inMicro = Object.entries(readOpGoldens()).filter(
  ([name, { outputs }]) => outputs && !name.startsWith('odd-'),
);

describe("files of TensorFlow's converter", () => {
  test('constants hold what their shapes say, nothing odd is noted', () => {
    for (const [name] of inMicro) expectWhole(golden(`ops/${name}`));
    expect(inMicro.length).toBeGreaterThan(400);
  });

  test('inputs and outputs have the types and shapes that Micro says', () => {
    const ends = (list: readonly { readonly dtype: string; readonly shape: readonly number[] }[]) =>
      list.map(({ dtype, shape }) => ({ dtype, shape: [...shape] }));
    for (const [name, { inputs, outputs }] of inMicro) {
      const graph = golden(`ops/${name}`);
      const got = [graph.inputs, graph.outputs].map((list) =>
        ends(list.map((index) => graph.tensors[index])),
      );
      expect(got, name).toEqual([ends(inputs!), ends(outputs!)]);
    }
  });

  test('net-unet_small.int8: one scale a filter, the bias has input scale x weight scale', () => {
    expectBiasScales(golden('ops/net-unet_small.int8.tflite'), 0, 8);
  });

  test('net-sepconv.int8: depthwise weights are quantized along their last axis', () => {
    const graph = golden('ops/net-sepconv.int8.tflite');
    const node = graph.nodes.findIndex(({ op }) => op === 'DEPTHWISE_CONV_2D');
    const [shape, axis, scales] = weightScales(graph, node);
    expect([axis, scales]).toEqual([3, (shape as number[])[3]]);
  });

  test.each(goldenNames('paper', '.tflite'))('%s: as the builder makes it, whole', (name) => {
    const graph = golden(`paper/${name}`);
    expectWhole(graph);
    expectAsBuilt(graph, name);
  });
});

describe('networks of MLPerf Tiny, built and written here', () => {
  const variants = Object.keys(TINY_BENCHMARK).flatMap((name) =>
    (['float32', 'int8'] as const).map((dtype) => [name, dtype] as const),
  );

  test.each(variants)('%s in %s: operators, shapes and MACs as the benchmark has them', (name, dtype) => {
    const { ops, macs, spec } = TINY_BENCHMARK[name];
    const graph = readTflite(writeTflite(benchmarkGraph(name, dtype)), name);
    expect([opRuns(graph), shapesOf(graph, graph.inputs), countMacs(graph)]).toEqual([
      ops,
      [[1, ...spec.input]],
      macs,
    ]);
    expectWhole(graph);
  });
});

describeExtra('MLPerf Tiny', () => {
  test.each(KNOWN.flatMap((known) => known.variants.map((variant) => ({ ...known, variant }))))(
    '$name $variant: operators, input, output, $macs MACs',
    ({ name, variant, ops, input, output, macs }) => {
      const graph = extra(`${name}_${variant}.tflite`);
      expect([opRuns(graph), shapesOf(graph, graph.inputs), shapesOf(graph, graph.outputs)]).toEqual([
        ops,
        [input],
        [output],
      ]);
      expect(countMacs(graph)).toBe(macs);
    },
  );

  it('int8 convolutions have one scale a filter, their bias input scale x weight scale', () => {
    expectBiasScales(extra('mobilenetv1_vww96_int8.tflite'), 0, 8);
  });

  it('depthwise weights are quantized along their last axis', () => {
    expect(weightScales(extra('mobilenetv1_vww96_int8.tflite'), 1)).toEqual([[1, 3, 3, 8], 3, 8]);
  });

  const files = [
    ...extraNames('', '.tflite'),
    ...extraNames('paper/', '.tflite').map((name) => `paper/${name}`),
  ];
  test.each(files)('%s: constants hold what their shapes say, nothing odd is noted', (name) => {
    expectWhole(extra(name));
  });

  test.each(extraNames('paper/', '.tflite'))('paper/%s: as the builder makes it', (name) => {
    expectAsBuilt(extra(`paper/${name}`), name);
  });
});
