import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { elementCount, tensorBytes, type Graph } from '../../graph/graph.ts';
import { paperCnn } from '../../specs/paper-cnn.ts';
import { readTflite } from '../../../files/tflite.ts';

const FOLDER = new URL('../../../../../shared/models/', import.meta.url);
const missing = !existsSync(FOLDER);
const reason = missing ? ' (skipped: needs ../shared/models beside the project)' : '';
const load = (name: string) => readTflite(new Uint8Array(readFileSync(new URL(name, FOLDER))), name);
const list = (folder: string) =>
  missing ? [] : readdirSync(new URL(folder, FOLDER)).filter((name) => name.endsWith('.tflite'));

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

describe.skipIf(missing)(`MLPerf Tiny models${reason}`, () => {
  test.each(KNOWN.flatMap((known) => known.variants.map((variant) => ({ ...known, variant }))))(
    '$name $variant: operators, input, output, $macs MACs',
    ({ name, variant, ops, input, output, macs }) => {
      const graph = load(`${name}_${variant}.tflite`);
      expect([opRuns(graph), shapesOf(graph, graph.inputs), shapesOf(graph, graph.outputs)]).toEqual([
        ops,
        [input],
        [output],
      ]);
      expect(countMacs(graph)).toBe(macs);
    },
  );

  it('int8 convolutions have one scale a filter, their bias input scale x weight scale', () => {
    const graph = load('mobilenetv1_vww96_int8.tflite');
    const [input, weights, bias] = graph.nodes[0].inputs.map((index) => graph.tensors[index]);
    expect(weights.quantization!.scales).toHaveLength(8);
    bias.quantization!.scales.forEach((scale, filter) => {
      const product = input.quantization!.scales[0] * weights.quantization!.scales[filter];
      expect(scale / product).toBeCloseTo(1, 5);
    });
  });

  it('depthwise weights are quantized along their last axis', () => {
    const graph = load('mobilenetv1_vww96_int8.tflite');
    const weights = graph.tensors[graph.nodes[1].inputs[1]];
    expect([weights.shape, weights.quantization!.axis, weights.quantization!.scales.length]).toEqual([
      [1, 3, 3, 8],
      3,
      8,
    ]);
  });
});

describe.skipIf(missing)(`every .tflite of the folder${reason}`, () => {
  test.each([...list('.'), ...list('paper').map((name) => `paper/${name}`)])(
    '%s: constants hold what their shapes say, nothing odd is noted',
    (name) => {
      const graph = load(name);
      const constants = graph.tensors.filter((tensor) => tensor.isConstant);
      expect(constants.map((tensor) => tensor.data!.length)).toEqual(constants.map(tensorBytes));
      expect(graph.notes).toBeUndefined();
    },
  );

  test.each(list('paper'))(
    'paper/%s: the builder makes the same graph but for names, data and scales',
    (name) => {
      const file = load(`paper/${name}`);
      const dtype = name.includes('int8') ? 'int8' : 'float32';
      const built = paperCnn({ filters: Number(/_f(\d+)_/.exec(name)![1]), dtype });
      const bare = (graph: Graph) =>
        graph.tensors.map(({ shape, dtype: type, isConstant }) => ({ shape, type, isConstant }));
      expect(bare(built)).toEqual(bare(file));
      expect([built.nodes, built.inputs, built.outputs]).toEqual([file.nodes, file.inputs, file.outputs]);
      expect(Math.abs(built.fileBytes - file.fileBytes)).toBeLessThanOrEqual(dtype === 'int8' ? 512 : 16);
    },
  );
});
