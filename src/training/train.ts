import * as tf from '@tensorflow/tfjs-core';
import { SpecError, StoppedError } from '../errors.ts';
import { buildGraph, type ModelSpec, type SpecLayer } from '../models/specs/builder.ts';
import { firstInput, firstOutput } from '../models/graph/ends.ts';
import { elementCount, type Graph } from '../models/graph/graph.ts';
import type { ImageSet } from '../datasets/mnist.ts';
import { trainLayers } from './train-layers.ts';
import { crossEntropy } from './loss.ts';
import { Network, type Snapshot } from './network.ts';
import { seededRandom, shuffledIndices } from './random.ts';
import { fillGraph } from './to-graph.ts';

// The authors' notebook: batch 128, 12 epochs; Keras' Adam.
const BATCH = 128;
const EPOCHS = 12;
const LEARNING_RATE = 0.001;
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const MAX_EPOCHS = 10_000;

/** What one epoch gave on the images that it trained on, while the weights moved. */
export interface EpochReport {
  /** From 1 up. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** How far a training is. */
export interface TrainProgress {
  readonly epoch: number;
  readonly epochs: number;
  /** Batches of this epoch that are done. */
  readonly batch: number;
  readonly batches: number;
}

/** How a chain of layers is trained; what is absent is as in the authors' notebook. */
export interface TrainOptions {
  readonly epochs?: number;
  readonly batch?: number;
  readonly learningRate?: number;
  /** Of the initial weights and of the order of the images. */
  readonly seed?: number;
  readonly name?: string;
  /** Called after each batch; training ends early where it answers `stop`. */
  onBatch?(progress: TrainProgress): 'stop' | undefined;
  onEpoch?(report: EpochReport): void;
}

/** What a training gave. */
export interface Trained {
  /** The network with its weights, after the last complete epoch. */
  readonly graph: Graph;
  readonly epochs: readonly EpochReport[];
  readonly stoppedEarly: boolean;
}

type Settings = Required<Omit<TrainOptions, 'onBatch' | 'onEpoch' | 'name'>>;

/**
 * Trains a chain of layers to classify images: sparse cross-entropy on logits, Adam, the images shuffled each epoch,
 * all from the seed. `startTrainingEngine` comes first. Stopped early, it keeps the last complete epoch. Throws a SpecError
 * for a network that cannot be trained, images that do not fit it, absurd options, or a stop within the first epoch.
 */
export async function train(spec: ModelSpec, images: ImageSet, options: TrainOptions = {}): Promise<Trained> {
  const settings = checkOptions(options);
  const random = seededRandom(settings.seed);
  const specs: SpecLayer[] = [];
  const graph = buildGraph(spec, options.name, (layer) => specs.push(layer));
  checkFit(graph, images);
  const network = new Network(trainLayers(specs, random));
  const optimizer = tf.train.adam(settings.learningRate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
  const epochs: EpochReport[] = [];
  let kept: Snapshot | undefined;
  try {
    for (let epoch = 1; epoch <= settings.epochs; epoch++) {
      const order = shuffledIndices(images.count, random);
      const report = await runEpoch(network, optimizer, images, order, { epoch, settings, options });
      if (!report) break;
      kept = network.snapshot();
      epochs.push(report);
      options.onEpoch?.(report);
    }
  } finally {
    network.dispose();
    optimizer.dispose();
  }
  if (!kept) throw new StoppedError('training was stopped before its first epoch ended; nothing is kept');
  const filled = fillGraph(graph, specs, network.layers, kept);
  return { graph: filled, epochs, stoppedEarly: epochs.length < settings.epochs };
}

function checkOptions(options: TrainOptions): Settings {
  const settings: Settings = {
    epochs: options.epochs ?? EPOCHS,
    batch: options.batch ?? BATCH,
    learningRate: options.learningRate ?? LEARNING_RATE,
    seed: options.seed ?? 1,
  };
  checkCount('epochs', settings.epochs, 1, MAX_EPOCHS);
  checkCount('batch', settings.batch, 1, 65_536);
  checkCount('seed', settings.seed, 0, 2 ** 32 - 1);
  if (settings.learningRate > 0 && settings.learningRate <= 1) return settings;
  throw new SpecError(
    `training: the learning rate must be above 0 and at most 1, got ${settings.learningRate}`,
  );
}

function checkCount(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new SpecError(`training: ${name} must be a whole number from ${least} to ${most}, got ${value}`);
}

function checkFit(graph: Graph, images: ImageSet): void {
  const input = firstInput(graph);
  const output = firstOutput(graph);
  const { side, count } = images;
  if (input.dtype !== 'float32') {
    throw new SpecError(`${graph.name}: train in float32 and convert to ${input.dtype} afterwards`);
  }
  if (String(input.shape) !== String([1, side, side, 1])) {
    throw new SpecError(
      `${graph.name}: its input is [${input.shape.join(',')}], but the images are ${side}x${side} with 1 channel; set input to [${side},${side},1]`,
    );
  }
  const classes = elementCount(output.shape);
  const largest = images.labels.reduce((most, label) => Math.max(most, label), 0);
  if (output.shape.length === 2 && largest < classes && count > 0) return;
  throw new SpecError(
    `${graph.name}: its output is [${output.shape.join(',')}], but the labels go from 0 to ${largest}; end with dense ${largest + 1}`,
  );
}

interface EpochContext {
  readonly epoch: number;
  readonly settings: Settings;
  readonly options: TrainOptions;
}

/** One pass over all images; undefined where it was stopped. */
async function runEpoch(
  network: Network,
  optimizer: tf.Optimizer,
  images: ImageSet,
  order: Uint32Array,
  { epoch, settings, options }: EpochContext,
): Promise<EpochReport | undefined> {
  const batches = Math.ceil(images.count / settings.batch);
  let lossSum = 0;
  let hits = 0;
  for (let batch = 0; batch < batches; batch++) {
    const chosen = order.subarray(batch * settings.batch, (batch + 1) * settings.batch);
    const scores = trainBatch(network, optimizer, images, chosen);
    lossSum += scores.lossSum;
    hits += scores.hits;
    const progress = { epoch, epochs: settings.epochs, batch: batch + 1, batches };
    if (options.onBatch?.(progress) === 'stop' && batch + 1 < batches) return undefined;
    // Lets the host hear an interrupt and draw.
    await tf.nextFrame();
  }
  return { epoch, loss: lossSum / images.count, accuracy: hits / images.count };
}

function trainBatch(
  network: Network,
  optimizer: tf.Optimizer,
  images: ImageSet,
  chosen: Uint32Array,
): { lossSum: number; hits: number } {
  let scores = { lossSum: 0, hits: 0 };
  const labels = Uint8Array.from(chosen, (index) => images.labels[index]);
  tf.tidy(() => {
    const batch = gatherImages(images, chosen);
    const { grads } = tf.variableGrads(
      () => crossEntropy(network.forward(batch, true), labels, (found) => (scores = found)),
      network.variables,
    );
    optimizer.applyGradients(grads);
  });
  return scores;
}

function gatherImages({ pixels, side }: ImageSet, chosen: Uint32Array): tf.Tensor4D {
  const area = side * side;
  const gathered = new Float32Array(chosen.length * area);
  chosen.forEach((image, at) => gathered.set(pixels.subarray(image * area, (image + 1) * area), at * area));
  return tf.tensor4d(gathered, [chosen.length, side, side, 1]);
}
