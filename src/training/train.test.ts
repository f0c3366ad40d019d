import { beforeAll, describe, expect, it, test } from 'vitest';
import { startEngineForTests } from '../../test/support/training-engine.ts';
import type { ModelSpec } from '../models/specs/builder.ts';
import type { ImageSet } from '../datasets/mnist.ts';
import { readTflite } from '../files/tflite.ts';
import { writeTflite } from '../files/tflite.ts';
import { rateLogits } from './loss.ts';
import { glorotUniform, seededRandom, shuffledIndices } from './random.ts';
import { train, type TrainProgress } from './train.ts';

beforeAll(startEngineForTests);

const SIDE = 6;

/** Bars that lie (0), stand (1) or cross (2), at random places, with a little noise. */
function bars(count: number, seed: number): ImageSet {
  const random = seededRandom(seed);
  const pixels = new Float32Array(count * SIDE * SIDE);
  const labels = new Uint8Array(count);
  for (let image = 0; image < count; image++) {
    labels[image] = image % 3;
    const [row, column] = [random(), random()].map((value) => Math.floor(value * SIDE));
    for (let at = 0; at < SIDE * SIDE; at++) {
      const [y, x] = [Math.floor(at / SIDE), at % SIDE];
      const isInk = (labels[image] !== 1 && y === row) || (labels[image] !== 0 && x === column);
      pixels[image * SIDE * SIDE + at] = Number(isInk) * 0.8 + random() * 0.2;
    }
  }
  return { count, side: SIDE, pixels, labels };
}

const SPEC: ModelSpec = { input: [SIDE, SIDE, 1], layers: 'conv 4 3x3 same relu | flatten | dense 3' };
const IMAGES = bars(300, 5);
const OPTIONS = { epochs: 3, batch: 20, learningRate: 0.01 } as const;
const bytesOf = async (seed: number) => writeTflite((await train(SPEC, IMAGES, { ...OPTIONS, seed })).graph);

it('learns what tells lying, standing and crossing bars apart', async () => {
  const { epochs } = await train(SPEC, IMAGES, { ...OPTIONS, epochs: 12 });
  expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(epochs[0].accuracy).toBeLessThan(0.8);
  expect(epochs[11].accuracy).toBeGreaterThan(0.95);
  expect(epochs[11].loss).toBeLessThan(epochs[0].loss / 3);
});

// Black pictures leave the logits at their biases, which begin at 0: each of 3 classes has a probability of 1/3.
test.each([300, 64, 7])(
  'reports the mean loss of its images: of black ones ln 3, %i a batch',
  async (batch) => {
    const black = { ...IMAGES, pixels: new Float32Array(IMAGES.pixels.length) };
    const { epochs } = await train(SPEC, black, { epochs: 2, batch, learningRate: 1e-9 });
    expect(epochs.map(({ loss }) => loss.toFixed(6))).toEqual(Array(2).fill(Math.log(3).toFixed(6)));
  },
);

it('gives the same bytes for the same seed, and others for another', async () => {
  const [first, again, other] = [await bytesOf(1), await bytesOf(1), await bytesOf(2)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

it('gives a file that reads back', async () => {
  const { graph } = await train(SPEC, IMAGES, { ...OPTIONS, epochs: 1, name: 'bars' });
  expect(readTflite(writeTflite(graph), 'bars').nodes).toEqual(graph.nodes);
});

describe('a stop', () => {
  it('keeps the last complete epoch', async () => {
    const whole = await train(SPEC, IMAGES, { ...OPTIONS, epochs: 2 });
    const stopAt = ({ epoch, batch }: TrainProgress) => (epoch === 3 && batch === 4 ? 'stop' : undefined);
    const cut = await train(SPEC, IMAGES, { ...OPTIONS, epochs: 9, onBatch: stopAt });
    expect(cut.stoppedEarly).toBe(true);
    expect(cut.epochs).toEqual(whole.epochs);
    expect(cut.graph.tensors).toEqual(whole.graph.tensors);
  });

  it('within the first epoch leaves nothing to keep', async () => {
    const stopped = train(SPEC, IMAGES, { ...OPTIONS, onBatch: () => 'stop' });
    await expect(stopped).rejects.toThrow(/stopped before its first epoch ended; nothing is kept/);
  });
});

test.each([
  [
    'images of another side',
    { ...SPEC, input: [7, 7, 1] },
    {},
    /its input is \[1,7,7,1\], but the images are 6x6/,
  ],
  [
    'too few classes',
    { ...SPEC, layers: 'flatten | dense 2' },
    {},
    /but the labels go from 0 to 2; end with dense 3/,
  ],
  ['int8', { ...SPEC, dtype: 'int8' as const }, {}, /train in float32 and convert to int8 afterwards/],
  ['0 epochs', SPEC, { epochs: 0 }, /epochs must be a whole number from 1 to 10000, got 0/],
  ['half a batch', SPEC, { batch: 0.5 }, /batch must be a whole number/],
  ['a learning rate of 7', SPEC, { learningRate: 7 }, /learning rate must be above 0 and at most 1, got 7/],
  [
    'a branch',
    { ...SPEC, layers: 'conv 2 3x3 name=a | conv 2 3x3 | add with=a | flatten | dense 3' },
    {},
    /layer 3 \(add\): add cannot be trained/,
  ],
  [
    'an early softmax',
    { ...SPEC, layers: 'flatten | dense 3 | softmax | dense 3' },
    {},
    /softmax .* last layer only/,
  ],
])('%s: one line', async (_, spec, options, message) => {
  await expect(train(spec, IMAGES, options)).rejects.toThrow(message);
});

// p = softmax(0, ln 2, ln 5) = 1/8, 2/8, 5/8, so that the loss of label 1 is ln 4.
it('rates logits by cross-entropy', () => {
  const { lossSum, hits, gradients } = rateLogits(
    Float32Array.of(0, Math.log(2), Math.log(5)),
    Uint8Array.of(1),
  );
  expect(lossSum).toBeCloseTo(Math.log(4), 6);
  expect(hits).toBe(0);
  expect([...gradients].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0.125, -0.75, 0.625]);
});

it('shuffles each index once, and draws weights within the limit of Glorot', () => {
  const indices = shuffledIndices(100, seededRandom(3));
  expect([...indices].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  const limit = Math.sqrt(6 / (9 + 36));
  const weights = glorotUniform(10_000, 9, 36, seededRandom(3));
  expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(limit);
  // Variance of a uniform distribution over +-limit: limit^2 / 3.
  const variance = weights.reduce((sum, weight) => sum + weight * weight, 0) / weights.length;
  expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
});
