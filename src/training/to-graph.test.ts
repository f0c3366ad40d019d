import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { openLiteRt } from '../../test/support/litert.ts';
import { startEngineForTests } from '../../test/support/training-engine.ts';
import { buildGraph, type SpecLayer } from '../models/specs/builder.ts';
import { writeTflite } from '../files/tflite.ts';
import { trainLayers } from './train-layers.ts';
import { Network } from './network.ts';
import { seededRandom } from './random.ts';
import { fillGraph } from './to-graph.ts';

beforeAll(startEngineForTests);

const SIDE = 8;
const IMAGES = 4;

/** The network after a few batches, so that batch normalization has statistics. */
function usedNetwork(layers: string) {
  const random = seededRandom(11);
  const specs: SpecLayer[] = [];
  const graph = buildGraph({ input: [SIDE, SIDE, 1], layers }, 'used', (layer) => specs.push(layer));
  const network = new Network(trainLayers(specs, random));
  for (const variable of network.variables) {
    const values = Float32Array.from(variable.dataSync(), (value) => value + random() - 0.5);
    variable.assign(tf.tensor(values, variable.shape));
  }
  const pixels = Float32Array.from({ length: IMAGES * SIDE * SIDE }, random);
  const batch = tf.tensor4d(pixels, [IMAGES, SIDE, SIDE, 1]);
  for (let step = 0; step < 50; step++) network.forward(batch, true).dispose();
  const logits = network.forward(batch, false).dataSync();
  return { filled: fillGraph(graph, specs, network.layers, network.snapshot()), pixels, logits };
}

test.each([
  'conv 3 3x3 same relu | flatten | dense 5',
  'conv 3 3x3 stride=2 valid | batchnorm | relu | maxpool 2x2 | flatten | dense 5',
  'conv 3 3x3 relu | batchnorm | flatten | dense 4 | batchnorm | relu6 | dense 5',
  'conv 3 3x3 | batchnorm | batchnorm | conv 4 3x3 dilation=2 | globalavgpool | dense 5',
  'depthwise 3x3 multiplier=2 | batchnorm | conv 3 1x1 bias=false | batchnorm | relu | avgpool 3x3 stride=2 same | flatten | dense 5',
  'conv 3 3x3 name=stem | batchnorm | flatten | dense 5 | sigmoid',
])('"%s": the reference interpreter gives what training computed', async (layers) => {
  const { filled, pixels, logits } = usedNetwork(layers);
  const model = await openLiteRt(writeTflite(filled));
  const area = SIDE * SIDE;
  for (let image = 0; image < IMAGES; image++) {
    const data = pixels.slice(image * area, (image + 1) * area);
    const [outputs] = await model.run([{ data, shape: [1, SIDE, SIDE, 1] }]);
    const wanted = logits.slice(image * 5, (image + 1) * 5);
    const worst = Math.max(
      ...wanted.map((value, at) => Math.abs(value - outputs[at]) / Math.max(1, Math.abs(value))),
    );
    expect(worst).toBeLessThan(1e-5);
  }
});
