import { calibrateWith } from '../../src/kernels/execute/calibration.ts';
import { elementCount, type Graph } from '../../src/models/graph/graph.ts';
import { quantizeGraph } from '../../src/files/int8-graph.ts';
import { buildGraph, type ModelSpec } from '../../src/models/specs/builder.ts';
import { drawnImages, withDrawnWeights } from '../../src/models/specs/synthetic-weights.ts';

/** A network of MLPerf Tiny as the benchmark describes its layers; its trained weights are not ours to ship. */
export interface BenchmarkNetwork {
  readonly spec: ModelSpec;
  /** Operators with the times they stand there, by first appearance. */
  readonly ops: string;
  /** Multiply-accumulates by shape. */
  readonly macs: number;
}

const residual = (filters: number, from: string, name: string): string[] => [
  `conv ${filters} 3x3 same stride=2 relu from=${from}`,
  `conv ${filters} 3x3 same name=${name}-body`,
  `conv ${filters} 1x1 same stride=2 from=${from}`,
  `add with=${name}-body relu name=${name}`,
];
const separable = (filters: number, stride = 1): string[] => [
  `depthwise 3x3 same stride=${stride} relu`,
  `conv ${filters} 1x1 same relu`,
];
const dense = (...units: number[]): string[] => units.map((count) => `dense ${count} relu`);

/** The four networks of MLPerf Tiny, their layers alone. */
export const TINY_BENCHMARK: Readonly<Record<string, BenchmarkNetwork>> = {
  'image classification': {
    spec: {
      name: 'resnet8',
      input: [32, 32, 3],
      layers: [
        ...['conv 16 3x3 same relu name=stem', 'conv 16 3x3 same relu', 'conv 16 3x3 same'],
        ...['add with=stem relu name=first', ...residual(32, 'first', 'second')],
        ...[...residual(64, 'second', 'third'), 'avgpool 8', 'flatten', 'dense 10', 'softmax'],
      ],
    },
    ops: 'CONV_2D x 9, ADD x 3, AVERAGE_POOL_2D x 1, RESHAPE x 1, FULLY_CONNECTED x 1, SOFTMAX x 1',
    macs: 12_501_632,
  },
  'keyword spotting': {
    spec: {
      name: 'dscnn',
      input: [49, 10, 1],
      layers: [
        ...['conv 64 10x4 same stride=2 relu', ...[1, 2, 3, 4].flatMap(() => separable(64))],
        ...['avgpool 25x5', 'flatten', 'dense 12', 'softmax'],
      ],
    },
    ops: 'CONV_2D x 5, DEPTHWISE_CONV_2D x 4, AVERAGE_POOL_2D x 1, RESHAPE x 1, FULLY_CONNECTED x 1, SOFTMAX x 1',
    macs: 2_656_768,
  },
  'visual wake words': {
    spec: {
      name: 'mobilenet',
      input: [96, 96, 3],
      layers: [
        ...['conv 8 3x3 same stride=2 relu', ...separable(16), ...separable(32, 2), ...separable(32)],
        ...[...separable(64, 2), ...separable(64), ...separable(128, 2)],
        ...[1, 2, 3, 4, 5].flatMap(() => separable(128)),
        ...[...separable(256, 2), ...separable(256), 'avgpool 3', 'flatten', 'dense 2', 'softmax'],
      ],
    },
    ops: 'CONV_2D x 14, DEPTHWISE_CONV_2D x 13, AVERAGE_POOL_2D x 1, RESHAPE x 1, FULLY_CONNECTED x 1, SOFTMAX x 1',
    macs: 7_489_664,
  },
  'anomaly detection': {
    spec: {
      name: 'autoencoder',
      input: [640],
      layers: [...dense(128, 128, 128, 128, 8, 128, 128, 128, 128), 'dense 640'],
    },
    ops: 'FULLY_CONNECTED x 10',
    macs: 264_192,
  },
};

/** The network with drawn weights; in int8 by the ranges of four drawn inputs from 0 to 1. */
export function benchmarkGraph(name: string, dtype: 'float32' | 'int8'): Graph {
  const graph = withDrawnWeights(buildGraph(TINY_BENCHMARK[name]!.spec));
  if (dtype === 'float32') return graph;
  const images = drawnImages(elementCount(graph.tensors[graph.inputs[0]!]!.shape), 4);
  const inputs = images.map((bytes) => [Float32Array.from(bytes, (byte) => byte / 255)]);
  return quantizeGraph(graph, calibrateWith(graph, inputs));
}
