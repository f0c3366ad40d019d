import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { Split } from '../../datasets/mnist.ts';
import type { PaperCnnOptions } from '../../models/specs/paper-cnn.ts';
import { startNodeTrainingEngine } from '../../node/training-engine.ts';
import type { TrainProgress } from '../../training/train.ts';
import { loadPaperImages, trainPaperNetwork, type PaperTraining } from './paper-network.ts';

/** What a training worker is asked for; plain values only, since they cross a thread. */
export interface TrainTask {
  readonly options: PaperCnnOptions;
  readonly epochs?: number;
  readonly seed?: number;
}

let images: Promise<Split> | undefined;
let stopping = false;

const api = {
  /** Trains one network; `report` is told of each batch that ended. */
  async train(task: TrainTask, report: (progress: TrainProgress) => void): Promise<PaperTraining> {
    await startNodeTrainingEngine();
    const { epochs, seed } = task;
    return trainPaperNetwork(task.options, await (images ??= loadPaperImages(task.options.side)), {
      ...(epochs !== undefined && { epochs }),
      ...(seed !== undefined && { seed }),
      onBatch(progress) {
        report(progress);
        return stopping ? 'stop' : undefined;
      },
    });
  },
  /** The training under way ends with its last complete epoch. */
  stop(): void {
    stopping = true;
  },
};

export type TrainWorkerApi = typeof api;

expose(api, nodeEndpoint(parentPort!));
