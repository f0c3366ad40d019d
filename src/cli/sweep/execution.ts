import { join } from 'node:path';
import { SpecError } from '../../errors.ts';
import type { ResultColumns } from '../../sweep/study/batch.ts';
import type { ReadOptions } from '../../sweep/store/read-results.ts';
import { createLocalRunner, sweep } from '../../sweep/run-sweep.ts';
import type { BatchRunner, BatchStore } from '../../sweep/pool/batch-runner.ts';
import { rowsOf, type SweepPlan } from '../../sweep/study/run-plan.ts';
import type { Io } from '../io.ts';
import { letSignalsIn } from '../interrupt.ts';
import { createProgress } from '../progress.ts';
import { copyInto, replaceBy, replaceByOwn } from '../replace-file.ts';

export interface ExecutionOptions {
  readonly out?: string;
  readonly resume: boolean;
  readonly workers: number;
  readonly queue?: string;
}

/** A sweep that has run to its end, or was interrupted. */
export interface Execution {
  readonly isComplete: boolean;
  readonly donePoints: number;
  /** Points that were there before. */
  readonly resumed: number;
  readonly seconds: number;
  /** Writes all rows as Parquet. Throws a SpecError of one line where it cannot. */
  exportParquet(path: string): Promise<void>;
  /** All results or some columns of them, batch by batch. Throws an Interruption where the run is aborted meanwhile. */
  results(options?: ReadOptions): AsyncIterable<ResultColumns>;
  /** The results of one batch. */
  batch(batch: number): Promise<ResultColumns>;
}

/** A store that lives as long as the process. */
class MemoryStore implements BatchStore {
  readonly #plan: SweepPlan;
  readonly #parts = new Map<number, Uint8Array>();

  constructor(plan: SweepPlan) {
    this.#plan = plan;
  }

  readonly finishedPoints = 0;

  *missing(): Generator<number> {
    for (let batch = 0; batch < this.#plan.batches; batch++) yield batch;
  }

  write(batch: number, bytes: Uint8Array): Promise<void> {
    this.#parts.set(batch, bytes);
    return Promise.resolve();
  }

  accept(): Promise<void> {
    const advice = 'name the same folder here with --out';
    return Promise.reject(
      new SpecError(`--queue: a worker writes its results into a shared folder; ${advice}`),
    );
  }

  async *results(options: ReadOptions): AsyncGenerator<ResultColumns> {
    for (let batch = 0; batch < this.#plan.batches; batch++) yield await this.batch(batch, options);
  }

  async batch(batch: number, options?: ReadOptions): Promise<ResultColumns> {
    const { readPartResults } = await import('../../sweep/store/read-results.ts');
    return readPartResults(`batch ${batch}`, this.#parts.get(batch)!, options);
  }

  /** Joins the parts into a file as a store on the disk does. */
  async exportParquet(path: string): Promise<void> {
    const { mergeParts } = await import('../../sweep/store/merge.ts');
    const { NODE_FILES } = await import('../../sweep/store/store-files.ts');
    const parts = Array.from({ length: this.#plan.batches }, (_, batch) => ({
      path: `batch ${batch}`,
      batch,
      rows: rowsOf(this.#plan, batch),
      bytes: this.#parts.get(batch),
    }));
    await replaceByOwn(path, (own) => mergeParts(NODE_FILES, parts, this.#plan.key, own));
  }
}

async function runnerOf({ queue, workers }: ExecutionOptions, plan: SweepPlan, io: Io): Promise<BatchRunner> {
  if (queue !== undefined) {
    const { createQueueRunner } = await import('../../sweep/queue/queue-runner.ts');
    const advice = 'start one with: inferscope worker --queue and the same address';
    return createQueueRunner(queue, {
      onQuiet: () => io.err(`no worker has handed in anything yet; ${advice}\n`),
    });
  }
  // Done before a thread has started; a search is not, and would hear no Ctrl-C.
  if (plan.batches === 1 && plan.space.sampling.method !== 'search') return createLocalRunner();
  const { createThreadRunner } = await import('../../sweep/pool/thread-runner.ts');
  const { startSweepThread } = await import('./threads.ts');
  return createThreadRunner(Math.min(workers, plan.batches), startSweepThread);
}

interface Kept extends Pick<Execution, 'batch' | 'exportParquet'> {
  results(options: ReadOptions): AsyncIterable<ResultColumns>;
  readonly store: BatchStore;
  /** Called when all batches are there. */
  finish(): Promise<unknown>;
}

async function storeOf({ out, resume }: ExecutionOptions, plan: SweepPlan): Promise<Kept> {
  if (out === undefined) {
    if (resume) throw new SpecError('--resume needs --out, the folder to go on with');
    const store = new MemoryStore(plan);
    return {
      store,
      finish: () => Promise.resolve(),
      results: (read) => store.results(read),
      batch: (batch) => store.batch(batch),
      exportParquet: (path) => store.exportParquet(path),
    };
  }
  const { openStore, RESULTS_FILE } = await import('../../sweep/store/store.ts');
  const { readBatch, readResults } = await import('../../sweep/store/read-results.ts');
  const store = await openStore(out, plan, { resume });
  const file = join(out, RESULTS_FILE);
  return {
    store,
    finish: () => store.merge(),
    results: (read) => readResults(file, read),
    batch: (batch) => readBatch(file, batch),
    exportParquet: (path) => replaceBy(path, (place) => copyInto(file, place)),
  };
}

/**
 * Runs a plan with a progress bar. Aborted, it ends early, and what is finished is kept. Throws what a store or queue
 * throws.
 */
export async function executeSweep(
  plan: SweepPlan,
  options: ExecutionOptions,
  io: Io,
  signal: AbortSignal,
): Promise<Execution> {
  const { store, finish, results, batch, exportParquet } = await storeOf(options, plan);
  const runner = await runnerOf(options, plan, io);
  const start = io.seconds();
  const resumed = store.finishedPoints;
  let donePoints = resumed;
  const progress = await createProgress(io);
  try {
    for await (const done of sweep(plan, { runner, store, signal })) {
      donePoints = done.donePoints;
      const rate = (donePoints - resumed) / Math.max(io.seconds() - start, 1e-9);
      progress.update(donePoints, plan.points, describeRate(donePoints, plan.points, rate));
    }
  } finally {
    progress.stop();
  }
  const isComplete = donePoints === plan.points;
  if (isComplete) await finish();
  return {
    ...{ isComplete, donePoints, resumed, batch, exportParquet },
    results: (read = {}) => untilAborted(results(read), signal),
    seconds: io.seconds() - start,
  };
}

async function* untilAborted<T>(values: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  for await (const value of values) {
    await letSignalsIn(signal);
    yield value;
  }
}

const count = (value: number) => Math.round(value).toLocaleString('en-US');

function describeRate(done: number, points: number, rate: number): string {
  return `${count(done)} of ${count(points)} points, ${count(rate)}/s`;
}
