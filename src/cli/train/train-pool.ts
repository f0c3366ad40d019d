import type { TrainProgress } from '../../training/train.ts';
import { startNodeThread } from '../../sweep/pool/node-thread.ts';
import { answerOf } from '../../sweep/pool/thread.ts';
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
    const thread = await startNodeThread<TrainWorkerApi>(import.meta.url, './train-worker');
    const stop = () => void thread.api.stop();
    options.signal?.addEventListener('abort', stop);
    try {
      for (let task = order.shift(); task !== undefined; task = order.shift()) {
        if (options.signal?.aborted) return;
        const index = task;
        const report = proxy((progress: TrainProgress) => options.onProgress?.(index, progress));
        const training = await answerOf(thread, thread.api.train(tasks[index], report)).catch(
          (error: Error) => {
            // Stopped within its first epoch, a training has nothing to keep.
            if (options.signal?.aborted) return undefined;
            throw error;
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

function filtersOf({ options }: TrainTask): number {
  return options.filters;
}
