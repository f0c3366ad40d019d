import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import { elementCount, type Graph } from '../src/models/graph/graph.ts';
import { readTflite } from '../src/files/tflite.ts';
import { writeTflite } from '../src/files/tflite.ts';

const MODELS = new URL('../../shared/models/', import.meta.url);
const isHere = existsSync(MODELS);
const FILES = [
  'resnet8_cifar10_int8.tflite',
  'dscnn_kws_int8.tflite',
  'mobilenetv1_vww96_int8.tflite',
  'autoencoder_ad_int8.tflite',
  'paper/paper-int8_f7_k3.tflite',
  'paper/paper-float_f5_k3.tflite',
];

/** Bytes or numbers that look like noise and are the same each time. */
function inputOf(graph: Graph): number[] {
  const { shape, dtype } = graph.tensors[graph.inputs[0]!]!;
  const noise = Array.from({ length: elementCount(shape) }, (_, at) => ((at * 197 + 31) % 256) - 128);
  return dtype === 'float32' ? noise.map((value) => value / 128) : noise;
}

const outputOf = (graph: Graph): unknown => createExecutor(graph).run([inputOf(graph)])[0];

describe.skipIf(!isHere)(
  `a network that is written and read back computes the same bytes${isHere ? '' : ' (skipped: ../shared/models is absent)'}`,
  () => {
    test.each(FILES)('%s', (file) => {
      const graph = readTflite(new Uint8Array(readFileSync(new URL(file, MODELS))), file);
      expect(outputOf(readTflite(writeTflite(graph), file))).toEqual(outputOf(graph));
    });
  },
);
