import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import { elementCount, type Graph } from '../src/models/graph/graph.ts';
import { readTflite, writeTflite } from '../src/files/tflite.ts';
import { describeExtra, extraModel } from './support/extra-models.ts';
import { goldenBytes } from './support/goldens.ts';
import { randomGraph } from './support/random-graph.ts';
import { benchmarkGraph, TINY_BENCHMARK } from './support/tiny-benchmark.ts';

/** Bytes or numbers that look like noise and are the same each time. */
function inputOf(graph: Graph): number[] {
  const { shape, dtype } = graph.tensors[graph.inputs[0]!]!;
  const noise = Array.from({ length: elementCount(shape) }, (_, at) => ((at * 197 + 31) % 256) - 128);
  return dtype === 'float32' ? noise.map((value) => value / 128) : noise;
}

const outputOf = (graph: Graph): unknown => createExecutor(graph).run([inputOf(graph)])[0];

function expectSameOutput(graph: Graph): void {
  expect(outputOf(readTflite(writeTflite(graph), graph.name))).toEqual(outputOf(graph));
}

describe('a network that is written and read back computes the same bytes', () => {
  test.each([
    ...['paper/paper-int8_f7_k3', 'paper/paper-float_f5_k3', 'ops/net-prelu.int8', 'ops/net-prelu.float'],
    ...[
      'ops/net-sepconv.int8',
      'ops/net-sepconv.float',
      'ops/net-unet_small.int8',
      'ops/net-unet_small.float',
    ],
  ])('%s.tflite', (file) => expectSameOutput(readTflite(goldenBytes(`${file}.tflite`), file)));

  test.each(Object.keys(TINY_BENCHMARK))('%s of MLPerf Tiny in int8, its weights drawn', (name) => {
    expectSameOutput(benchmarkGraph(name, 'int8'));
  });

  test('100 random float networks', () => {
    // ARG_MAX is written without its output type.
    const graphs = Array.from({ length: 100 }, (_, at) => randomGraph(5000 + at));
    graphs.filter(({ nodes }) => nodes.every(({ op }) => op !== 'ARG_MAX')).forEach(expectSameOutput);
  });
});

describeExtra('a network that is written and read back computes the same bytes', () => {
  test.each([
    ...['resnet8_cifar10_int8', 'dscnn_kws_int8', 'mobilenetv1_vww96_int8', 'autoencoder_ad_int8'],
    ...['paper/paper-int8_f7_k3', 'paper/paper-float_f5_k3'],
  ])('%s.tflite', (file) => {
    expectSameOutput(readTflite(new Uint8Array(readFileSync(extraModel(`${file}.tflite`))), file));
  });
});
