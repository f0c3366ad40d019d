import type { Remote } from 'comlink';
import { SpecError } from '../errors.ts';
import type { TrainProgress } from '../models/train/train.ts';
import type { PaperTraining } from './paper-network.ts';
import type { TrainTask, TrainWorkerApi } from './train-worker.ts';

export interface TrainPoolOptions {
  /** Threads; one network is trained on one. */
  readonly workers: number;
  onProgress?(task: number, progress: TrainProgress): void;
  onDone?(task: number, training: PaperTraining): void;
  /** Ends the trainings under way with their last complete epoch, and starts no more. */
  readonly signal?: AbortSignal;
}

interface TrainThread {
  readonly api: Remote<TrainWorkerApi>;
  /** Rejects when the thread dies: a call that waits for a dead thread would wait for ever. */
  readonly died: Promise<never>;
  close(): Promise<unknown>;
}

async function startThread(): Promise<TrainThread> {
  const { Worker } = await import('node:worker_threads');
  const { wrap } = await import('comlink');
  const { default: nodeEndpoint } = await import('comlink/dist/esm/node-adapter.mjs');
  const isSource = import.meta.url.endsWith('.ts');
  const worker = new Worker(
    new URL(isSource ? './train-worker-dev.mjs' : './train-worker.js', import.meta.url),
  );
  const died = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a training thread ended with code ${code}`)));
  });
  died.catch(() => undefined);
  return { api: wrap<TrainWorkerApi>(nodeEndpoint(worker)), died, close: () => worker.terminate() };
}

/**
 * Trains networks side by side and returns them in the order of the tasks; those that were not begun before a stop are
 * left out. Throws what a training throws.
 */
export async function trainInThreads(
  tasks: readonly TrainTask[],
  options: TrainPoolOptions,
): Promise<PaperTraining[]> {
  const { proxy } = await import('comlink');
  const results: (PaperTraining | undefined)[] = tasks.map(() => undefined);
  // The largest networks first, so that no thread is left with one at the end.
  const order = tasks.map((_, index) => index).sort((a, b) => filtersOf(tasks[b]) - filtersOf(tasks[a]));
  const serve = async () => {
    const thread = await startThread();
    const stop = () => void thread.api.stop();
    options.signal?.addEventListener('abort', stop);
    try {
      for (let task = order.shift(); task !== undefined; task = order.shift()) {
        if (options.signal?.aborted) return;
        const index = task;
        const report = proxy((progress: TrainProgress) => options.onProgress?.(index, progress));
        const training = await Promise.race([thread.api.train(tasks[index], report), thread.died]).catch(
          (error: Error) => {
            // Stopped within its first epoch, a training has nothing to keep.
            if (options.signal?.aborted) return undefined;
            throw revive(error);
          },
        );
        if (!training) return;
        results[index] = training;
        options.onDone?.(index, training);
      }
    } finally {
      options.signal?.removeEventListener('abort', stop);
      await thread.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.workers, tasks.length) }, serve));
  return results.filter((training) => training !== undefined);
}

/** An error from a thread keeps its name and message but loses its class. */
function revive(error: Error): Error {
  return error.name === 'SpecError' || error.name === 'FormatError' ? new SpecError(error.message) : error;
}

function filtersOf({ options }: TrainTask): number {
  return options.filters;
}
