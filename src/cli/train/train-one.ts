import type { Graph } from '../../models/graph/graph.ts';
import { divideByMaximum } from '../../datasets/mnist.ts';
import { startNodeTrainingEngine } from '../../node/training-engine.ts';
import { fillPaperCnn, floatConstants } from '../../training/paper/paper-training.ts';
import { writeTflite } from '../../files/tflite.ts';
import { train, type EpochReport, type Trained, type TrainOptions } from '../../training/train.ts';
import { untilInterrupted } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { requireMnistFolder } from '../datasets/mnist-files.ts';
import { accuracyOf, loadPaperImages } from './paper-network.ts';
import { createProgress, type Progress } from '../progress.ts';
import { replaceFile, requireWritable } from '../replace-file.ts';
import type { TrainingPlan } from './train-options.ts';

/** What `train` prints with --json for one network. */
export interface TrainingSummary {
  readonly written: readonly { readonly path: string; readonly bytes: number }[];
  /** Share of the authors' 12,000 test images that the network names right, 0 to 1. */
  readonly accuracy: number;
  readonly images: number;
  readonly epochs: readonly EpochReport[];
  readonly stoppedEarly: boolean;
  readonly seconds: number;
}

export type TrainingSettings = Pick<TrainOptions, 'epochs' | 'seed' | 'batch' | 'learningRate'>;

/**
 * Trains a network on MNIST as the authors prepared it, and writes it as a float32 .tflite; Ctrl-C keeps the last epoch that
 * ended. Throws a SpecError before it begins where MNIST is absent, the file cannot be written or an option is absurd.
 */
export async function trainOne(
  plan: TrainingPlan,
  settings: TrainingSettings,
  path: string,
  io: Io,
): Promise<TrainingSummary> {
  await requireMnistFolder();
  await requireWritable(path);
  await startNodeTrainingEngine();
  const images = await loadPaperImages(plan.side);
  const start = io.seconds();
  const progress = await createProgress(io);
  const trained = await untilInterrupted((signal) =>
    train(plan.spec, images.train, { ...settings, ...watch(progress, signal) }),
  ).finally(() => progress.stop());
  const graph = asPaperLaysOut(plan, trained);
  const bytes = writeTflite(graph);
  await replaceFile(path, bytes);
  const { epochs, stoppedEarly } = trained;
  const test = divideByMaximum(images.test);
  const accuracy = accuracyOf(graph, test);
  const written = [{ path, bytes: bytes.length }];
  return { written, accuracy, images: test.count, epochs, stoppedEarly, seconds: io.seconds() - start };
}

function asPaperLaysOut({ paper }: TrainingPlan, { graph }: Trained): Graph {
  return paper ? fillPaperCnn(paper, floatConstants(graph)) : graph;
}

const describeEpoch = ({ epoch, loss, accuracy }: EpochReport): string =>
  `epoch ${epoch}: loss ${loss.toFixed(4)}, accuracy while training ${accuracy.toFixed(4)}`;

/** Callbacks that show how far the training is, and stop it at an interrupt. */
function watch(progress: Progress, signal: AbortSignal): Pick<TrainOptions, 'onBatch' | 'onEpoch'> {
  let last = '';
  return {
    onBatch: ({ epoch, epochs, batch, batches }) => {
      progress.update((epoch - 1) * batches + batch, epochs * batches, `epoch ${epoch}/${epochs}${last}`);
      return signal.aborted ? 'stop' : undefined;
    },
    onEpoch: (report) => {
      last = `, loss ${report.loss.toFixed(4)}`;
      progress.milestone(describeEpoch(report));
    },
  };
}
