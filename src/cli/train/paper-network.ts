import { evaluateClassifier } from '../../kernels/execute/evaluate.ts';
import type { Graph } from '../../models/graph/graph.ts';
import {
  divideByMaximum,
  prepareMnist,
  splitAsPaper,
  type ImageSet,
  type Split,
} from '../../datasets/mnist.ts';
import type { PaperCnnOptions } from '../../models/specs/paper-cnn.ts';
import { fillPaperCnn, floatConstants, paperTrainingSpec } from '../../training/paper/paper-training.ts';
import type { EpochReport, TrainOptions } from '../../training/train.ts';
import { loadMnistFiles } from '../datasets/mnist-files.ts';

/** One of the paper's networks after its training. */
export interface PaperTraining {
  readonly options: PaperCnnOptions;
  /** As `fillPaperCnn` takes them. */
  readonly weights: Float32Array;
  /** Share of the 12,000 test images that the network names right, 0 to 1. */
  readonly accuracy: number;
  readonly epochs: readonly EpochReport[];
  readonly stoppedEarly: boolean;
}

/** MNIST's training images, split and scaled as the authors did. Throws a SpecError where MNIST is absent. */
export async function loadPaperImages(side = 14): Promise<Split> {
  return splitAsPaper(prepareMnist(await loadMnistFiles('train'), side));
}

/** Share of images that a classifier names right, 0 to 1. */
export function accuracyOf(graph: Graph, images: ImageSet): number {
  return evaluateClassifier(graph, images).accuracy;
}

/** Trains one network as the authors did and measures it on their test images. `startNodeTrainingEngine` comes first. */
export async function trainPaperNetwork(
  options: PaperCnnOptions,
  images: Split,
  training: TrainOptions,
): Promise<PaperTraining> {
  const { train } = await import('../../training/train.ts');
  const { graph, epochs, stoppedEarly } = await train(paperTrainingSpec(options), images.train, training);
  const weights = floatConstants(graph);
  const accuracy = accuracyOf(fillPaperCnn(options, weights), divideByMaximum(images.test));
  return { options, weights, accuracy, epochs, stoppedEarly };
}
