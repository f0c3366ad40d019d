import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { SpecError, StoppedError } from '../../errors.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { fillPaperCnn } from '../../training/paper/paper-training.ts';
import { writeTflite } from '../../files/tflite.ts';
import type { TrainProgress } from '../../training/train.ts';
import { untilInterrupted } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { requireMnistFolder } from '../datasets/mnist-files.ts';
import { makeDirectory } from '../outputs.ts';
import type { PaperTraining } from './paper-network.ts';
import { createProgress, type Progress } from '../progress.ts';
import { replaceFile, requireWritable } from '../replace-file.ts';
import { trainInThreads } from './train-pool.ts';
import type { TrainTask } from './train-worker.ts';

const FILTERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const EPOCHS = 12;
const SEED = 1;
const MAX_EPOCHS = 10_000;

export interface TenSettings {
  readonly epochs?: number;
  readonly seed?: number;
}

/** The paper's ten networks after their training; fewer where it was stopped. */
export interface TenTrainings {
  readonly networks: readonly PaperTraining[];
  /** Networks that there are when it is not stopped. */
  readonly expected: number;
  readonly workers: number;
  readonly seconds: number;
}

/** What `train --paper` prints with --json. */
export interface TenSummary {
  readonly written: readonly { readonly path: string; readonly bytes: number }[];
  readonly networks: readonly {
    readonly filters: number;
    readonly bytes: number;
    readonly accuracy: number;
    readonly epochs: number;
    readonly stoppedEarly: boolean;
  }[];
  readonly workers: number;
  readonly seconds: number;
}

/**
 * Trains the paper's ten networks, one a thread, and hands on each as it is done; Ctrl-C keeps what has ended an epoch.
 * Throws a SpecError where MNIST is absent or the options are absurd.
 */
export async function trainTen(
  { epochs = EPOCHS, seed = SEED }: TenSettings,
  io: Io,
  onDone?: (training: PaperTraining) => void,
): Promise<TenTrainings> {
  checkRange('--epochs', epochs, 1, MAX_EPOCHS);
  checkRange('--seed', seed, 0, 2 ** 32 - 1);
  await requireMnistFolder();
  const workers = Math.min(availableParallelism(), FILTERS.length);
  const tasks = FILTERS.map((filters): TrainTask => ({ options: { filters }, epochs, seed }));
  const start = io.seconds();
  const progress = await createProgress(io);
  const networks = await untilInterrupted((signal) =>
    trainInThreads(tasks, {
      workers,
      signal,
      onProgress: watchAll(progress),
      onDone: (_, training) => {
        progress.milestone(describeTraining(training));
        onDone?.(training);
      },
    }),
  ).finally(() => progress.stop());
  return { networks, expected: FILTERS.length, workers, seconds: io.seconds() - start };
}

function checkRange(option: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new SpecError(`${option} must be a whole number from ${least} to ${most}, got ${value}`);
}

/** One bar for all: batches of all networks, counted as they come in. */
function watchAll(progress: Progress): (task: number, at: TrainProgress) => void {
  const done = FILTERS.map(() => 0);
  return (task, { epoch, epochs, batch, batches }) => {
    done[task] = (epoch - 1) * batches + batch;
    const sum = done.reduce((total, value) => total + value, 0);
    progress.update(
      sum,
      FILTERS.length * epochs * batches,
      `${FILTERS[task]} filters, epoch ${epoch}/${epochs}`,
    );
  };
}

function describeTraining({ options, accuracy, epochs }: PaperTraining): string {
  const { filters } = options;
  const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
  return `${many(filters, 'filter')}: accuracy ${accuracy.toFixed(4)} after ${many(epochs.length, 'epoch')}`;
}

/** The network of a training, as the paper's file lays it out. */
export function graphOf({ options, weights }: PaperTraining): Graph {
  return fillPaperCnn(options, weights);
}

/** Trains the ten and writes each into a folder as soon as it is done. Throws a SpecError before it begins where it cannot. */
export async function trainTenToFolder(settings: TenSettings, folder: string, io: Io): Promise<TenSummary> {
  const pathOf = (filters: number) => join(folder, `paper-${filters}.tflite`);
  await requireMnistFolder();
  await makeDirectory(folder);
  for (const filters of FILTERS) await requireWritable(pathOf(filters));
  const writes: Promise<{ path: string; bytes: number }>[] = [];
  const { networks, workers, seconds } = await trainTen(settings, io, (training) => {
    const bytes = writeTflite(graphOf(training));
    const path = pathOf(training.options.filters);
    writes.push(replaceFile(path, bytes).then(() => ({ path, bytes: bytes.length })));
  });
  const files = new Map((await Promise.all(writes)).map((file) => [file.path, file]));
  const written = networks.map(({ options }) => files.get(pathOf(options.filters))!);
  if (written.length === 0)
    throw new StoppedError('training was stopped before its first epoch ended; nothing is kept');
  return {
    written,
    networks: networks.map(({ options, accuracy, epochs, stoppedEarly }, index) => ({
      filters: options.filters,
      bytes: written[index].bytes,
      accuracy,
      epochs: epochs.length,
      stoppedEarly,
    })),
    workers,
    seconds,
  };
}
