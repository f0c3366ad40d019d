import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTflite } from '../models/tflite/read.ts';
import { graphWork, inferGraph } from './graph-work.ts';

const MODELS = new URL('../../../shared/models/', import.meta.url);
const absent = existsSync(MODELS) ? '' : ' (skipped: ../shared/models is not beside the project)';

// Multiply-accumulates by shape, reference/measured.md ("count" and "macs" columns); the paper's are 3724 a filter.
const MACS: [string, number][] = [
  ['resnet8_cifar10_int8.tflite', 12_501_632],
  ['resnet8_cifar10_float.tflite', 12_501_632],
  ['dscnn_kws_int8.tflite', 2_656_768],
  ['mobilenetv1_vww96_int8.tflite', 7_489_664],
  ['mobilenetv1_vww96_float.tflite', 7_489_664],
  ['autoencoder_ad_int8.tflite', 264_192],
  ['autoencoder_ad_float.tflite', 264_192],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((f): [string, number] => [
    `paper/paper-float_f${f}_k3.tflite`,
    3724 * f,
  ]),
  ...[1, 4, 7, 10].map((f): [string, number] => [`paper/paper-int8_f${f}_k3.tflite`, 3724 * f]),
];

describe.skipIf(absent)(`model files${absent}`, () => {
  test.each(MACS)('%s agrees with its own shapes and has %i multiply-accumulates', (path, macs) => {
    const graph = readTflite(readFileSync(new URL(path, MODELS)), basename(path));
    inferGraph(graph);
    expect(graphWork(graph).totals.macs).toBe(macs);
  });
});
