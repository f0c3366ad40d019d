import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { startEngineForTests } from '../../test/support/training-engine.ts';
import { buildGraph, type SpecLayer } from '../models/specs/builder.ts';
import { trainLayers } from './train-layers.ts';
import { crossEntropy } from './loss.ts';
import { Network } from './network.ts';
import { seededRandom } from './random.ts';

beforeAll(startEngineForTests);

const SIDE = 6;
const CLASSES = 3;
const IMAGES = 5;
const STEP = 5e-4;

function networkOf(layers: string, seed: number): Network {
  const specs: SpecLayer[] = [];
  buildGraph({ input: [SIDE, SIDE, 1], layers }, 'test', (layer) => specs.push(layer));
  return new Network(trainLayers(specs, seededRandom(seed)));
}

/** The gradient by all parameters along a random direction, and the same from two losses beside the point. */
function compareAlong(network: Network, seed: number): { exact: number; numeric: number } {
  const random = seededRandom(seed);
  const signed = (count: number) => Float32Array.from({ length: count }, () => 2 * random() - 1);
  const batch = tf.tensor4d(signed(IMAGES * SIDE * SIDE), [IMAGES, SIDE, SIDE, 1]);
  const labels = Uint8Array.from({ length: IMAGES }, () => Math.floor(random() * CLASSES));
  const loss = () => crossEntropy(network.forward(batch, true), labels, () => undefined);
  const { grads } = tf.variableGrads(loss, network.variables);
  const starts = network.variables.map((variable) => variable.dataSync().slice());
  const directions = starts.map((values) => signed(values.length));
  const lossAt = (shift: number) => {
    network.variables.forEach((variable, index) => {
      const moved = starts[index].map((value, at) => value + shift * directions[index][at]);
      variable.assign(tf.tensor(moved, variable.shape));
    });
    return loss().dataSync()[0];
  };
  const numeric = (lossAt(STEP) - lossAt(-STEP)) / (2 * STEP);
  const exact = network.variables.reduce((sum, variable, index) => {
    const gradient = grads[variable.name].dataSync();
    return (
      sum + Float32Array.from(gradient).reduce((dot, value, at) => dot + value * directions[index][at], 0)
    );
  }, 0);
  return { exact, numeric };
}

test.each([
  'flatten | dense 3',
  'flatten | dense 3 bias=false',
  'flatten | dense 4 relu | dense 3',
  'flatten | dense 4 | sigmoid | dense 4 | tanh | dense 4 | leakyrelu | dense 4 | relu6 | dense 3',
  'conv 2 3x3 same relu | flatten | dense 3',
  'conv 2 3x3 valid stride=2 | flatten | dense 3 | softmax',
  'conv 2 3x3 | conv 3 2x2 stride=2 | flatten | dense 3',
  'conv 2 3x3 | conv 2 3x3 dilation=2 same | flatten | dense 3',
  'conv 2 3x3 bias=false | batchnorm | relu | flatten | dense 3',
  'conv 2 3x3 | batchnorm | conv 2 3x3 | batchnorm | flatten | dense 3',
  'flatten | dense 4 | batchnorm | dense 3',
  'depthwise 3x3 multiplier=2 | conv 2 1x1 | depthwise 3x3 stride=2 relu | flatten | dense 3',
  'conv 2 3x3 | maxpool 2x2 | flatten | dense 3',
  'conv 2 3x3 | maxpool 3x3 stride=2 same | flatten | dense 3',
  'conv 2 3x3 | avgpool 3x3 stride=2 same | flatten | dense 3',
  'conv 4 3x3 | globalavgpool | dense 3',
  'conv 4 3x3 | reshape 12x12 | flatten | dense 3',
])('the gradient of "%s" is that of finite differences', (layers) => {
  const network = networkOf(layers, 7);
  const errors = [1, 2, 3, 4, 5].map((seed) => {
    const { exact, numeric } = compareAlong(network, seed);
    return Math.abs(exact - numeric) / Math.max(1, Math.abs(numeric));
  });
  network.dispose();
  // Losses of about 1 in float32 leave 1e-7 / 5e-4 of doubt. A kink of relu or max between the two points leaves more,
  // so the middle of five directions counts where there are kinks.
  const hasKinks = /relu|max/.test(layers);
  const sorted = errors.sort((a, b) => a - b);
  expect(sorted[hasKinks ? 2 : 4]).toBeLessThan(2e-3);
});
