import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeExtra, extraModel } from '../../../test/support/extra-models.ts';
import { goldenFile } from '../../../test/support/goldens.ts';
import { benchmarkGraph, TINY_BENCHMARK } from '../../../test/support/tiny-benchmark.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { readTflite } from '../../files/tflite.ts';
import { graphWork, inferGraph } from './graph-work.ts';

// Multiply-accumulates by shape, docs/hardware/measured.md#networks; the paper's are 3724 a filter.
const PAPER: [string, number][] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((f): [string, number] => [
    `paper/paper-float_f${f}_k3.tflite`,
    3724 * f,
  ]),
  ...[1, 4, 7, 10].map((f): [string, number] => [`paper/paper-int8_f${f}_k3.tflite`, 3724 * f]),
];
const MLPERF_TINY: [string, number][] = [
  ['resnet8_cifar10_int8.tflite', 12_501_632],
  ['resnet8_cifar10_float.tflite', 12_501_632],
  ['dscnn_kws_int8.tflite', 2_656_768],
  ['mobilenetv1_vww96_int8.tflite', 7_489_664],
  ['mobilenetv1_vww96_float.tflite', 7_489_664],
  ['autoencoder_ad_int8.tflite', 264_192],
  ['autoencoder_ad_float.tflite', 264_192],
];

function expectMacs(file: URL, macs: number): void {
  const graph = readTflite(readFileSync(file), basename(file.pathname));
  inferGraph(graph);
  expect(graphWork(graph).totals.macs).toBe(macs);
}

describe('model files', () => {
  test.each(PAPER)('%s agrees with its own shapes and has %i multiply-accumulates', (path, macs) => {
    expectMacs(goldenFile(path), macs);
  });

  const networks = Object.entries(TINY_BENCHMARK).flatMap(([name, { macs }]) =>
    (['float32', 'int8'] as const).map((dtype) => [name, dtype, macs] as const),
  );
  test.each(networks)('%s of MLPerf Tiny in %s has %i multiply-accumulates', (name, dtype, macs) => {
    const graph = benchmarkGraph(name, dtype);
    inferGraph(graph);
    expect(graphWork(graph).totals.macs).toBe(macs);
  });
});

describeExtra('model files', () => {
  test.each([...MLPERF_TINY, ...PAPER])('%s agrees with its own shapes and has %i MACs', (path, macs) => {
    expectMacs(extraModel(path), macs);
  });
});

// tiny: 2 x 4 outputs x 2 filters x 9 taps, dense 16 x 3; kernel 18, bias 2, dense 48.
test.each(['tiny-float', 'tiny-int8'])('%s, a file of this project, agrees with its own shapes', (name) => {
  const file = new URL(`../../../test/fixtures/${name}.tflite`, import.meta.url);
  const graph = readTflite(readFileSync(file), name);
  inferGraph(graph);
  expect(graphWork(graph).totals).toMatchObject({ macs: 144 + 48, parameters: 68 });
});

test('what the builder lays out agrees with what the operators infer', () => {
  const graph = buildGraph({
    input: [17, 13, 3],
    layers: `conv 8 5x3 same stride=2 relu | depthwise 3x3 valid multiplier=2 | batchnorm | leakyrelu | maxpool 2x2 |
      conv 4 1x1 | batchnorm | relu6 | hardswish | flatten | dense 6 | tanh | reshape 2x3 | flatten | dense 4 | softmax`,
  });
  expect(inferGraph(graph)).toHaveLength(graph.tensors.length);
});
