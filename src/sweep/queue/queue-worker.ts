import type { Job, Worker } from 'bullmq';
import { InferscopeError } from '../../errors.ts';
import { ThreadPool } from '../pool/thread-pool.ts';
import type { StartThread } from '../pool/thread-runner.ts';
import { quote } from '../../models/graph/quote.ts';
import type { SweepPlan } from '../study/run-plan.ts';
import { openSharedStore, type SharedStore } from '../store/shared-store.ts';
import type { BatchJob } from './jobs.ts';
import { handIn, isHandedIn, listSweeps, PREFIX, queueName, readNotice } from './mailbox.ts';
import { isBatchJob, isSweepKey, parseSweepNotice } from './notices.ts';
import { explainRedis, loadLibrary, openRedis, type RedisLink } from './redis.ts';

export interface QueueWorkerOptions {
  /** Version of inferscope; sweeps of another are passed over. */
  readonly version: string;
  /** Name of this worker in the messages of others. */
  readonly name: string;
  /** Threads, each at one batch. */
  readonly threads: number;
  readonly start: StartThread;
  /** The folder of a sweep's results, reached from here too: batches are written there and not sent. */
  readonly folder?: string;
  /** Ends the worker when the batches that it is at are handed in. */
  readonly signal?: AbortSignal;
  /** Ends the worker when there was no sweep for so long; default: never. */
  readonly idleSeconds?: number;
  readonly patienceMs?: number;
  /** How long a batch stays with a worker that shows no sign of life; its jobs return within one and a half times that. */
  readonly lockMs?: number;
  /** Called when the server has been reached. */
  onReady?(): void;
  onSweep?(plan: SweepPlan, isShared: boolean): void;
  onBatch?(plan: SweepPlan, batch: number): void;
  /** Called once for each notice and sweep of which something cannot be worked at, with what it is and why. */
  onSkip?(problem: string): void;
}

// A killed worker's jobs return within 8 s. Threads evaluate, so that this thread renews its locks.
const LOCK_MS = 5000;
// How often workers may die at one job before it is given up.
const MAX_STALLED = 5;
const LOOK_MS = 500;

/**
 * Works for the sweeps on a Redis server until it is told to stop; what is no sweep, or one of another version or build of
 * inferscope, is passed over. Throws a SpecError of one line for a server that cannot be used or goes away.
 */
export async function serveQueue(url: string, options: QueueWorkerOptions): Promise<void> {
  const { Worker } = await loadLibrary(() => import('bullmq'));
  const link = await openRedis(url, options);
  if (link === undefined) return;
  const pool = new ThreadPool(options.start);
  const server = new QueueServer(link, pool, options, Worker);
  try {
    await pool.grow(options.threads);
    options.onReady?.();
    await pool.exit.hold(link.exit.hold(server.serve()));
  } catch (error) {
    throw link.exit.hasEnded || error instanceof InferscopeError ? error : await explainFailure(link, error);
  } finally {
    await server.close(link.exit.hasEnded || pool.exit.hasEnded);
    link.close();
    await pool.close();
  }
}

async function explainFailure(link: RedisLink, error: unknown): Promise<unknown> {
  const { name, message } = error as Error;
  if (/Connection is closed/.test(message)) return link.exit.end().catch((loss: unknown) => loss);
  return name === 'ReplyError' ? explainRedis(link.name, error) : error;
}

class QueueServer {
  readonly #link: RedisLink;
  readonly #pool: ThreadPool;
  readonly #options: QueueWorkerOptions;
  readonly #Worker: typeof Worker;
  readonly #workers = new Map<string, Worker>();
  /** Texts of notices that are passed over, by their keys. */
  readonly #skipped = new Map<string, string>();
  #idleMs = 0;

  constructor(link: RedisLink, pool: ThreadPool, options: QueueWorkerOptions, WorkerClass: typeof Worker) {
    this.#link = link;
    this.#pool = pool;
    this.#options = options;
    this.#Worker = WorkerClass;
  }

  /** Looks for sweeps that come and go. */
  async serve(): Promise<void> {
    const { signal, idleSeconds = Infinity } = this.#options;
    while (!signal?.aborted && this.#idleMs < idleSeconds * 1000) {
      const keys = await listSweeps(this.#link.redis);
      for (const key of keys) if (!this.#workers.has(key)) await this.#join(key);
      for (const key of this.#skipped.keys()) if (!keys.includes(key)) this.#skipped.delete(key);
      for (const [key, worker] of this.#workers) if (!keys.includes(key)) await this.#leave(key, worker);
      this.#idleMs = this.#workers.size > 0 ? 0 : this.#idleMs + LOOK_MS;
      await pause(LOOK_MS, signal);
    }
  }

  /** Ends when the jobs under way are done; at once where nobody can be told of them. */
  async close(force: boolean): Promise<void> {
    await Promise.all(
      [...this.#workers.values()].map((worker) => worker.close(force).catch(() => undefined)),
    );
  }

  async #leave(key: string, worker: Worker): Promise<void> {
    this.#workers.delete(key);
    await worker.close();
  }

  async #join(key: string): Promise<void> {
    const plan = await this.#planOf(key);
    if (!plan) return;
    const { folder, threads, lockMs = LOCK_MS } = this.#options;
    const store = folder === undefined ? undefined : await openSharedStore(folder, key);
    this.#options.onSweep?.(plan, store !== undefined);
    const worker = new this.#Worker<BatchJob>(queueName(plan), (job) => this.#work(plan, job, store), {
      connection: this.#link.redis,
      prefix: PREFIX,
      concurrency: threads,
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      maxStalledCount: MAX_STALLED,
    });
    // A lost lock or connection: the job returns to the queue, the connection has its own end.
    worker.on('error', () => undefined);
    this.#workers.set(key, worker);
  }

  /** The plan that is announced under a key; undefined where it is gone or passed over. */
  async #planOf(key: string): Promise<SweepPlan | undefined> {
    const text = await readNotice(this.#link.redis, key);
    if (text === undefined || this.#skipped.get(key) === text) return undefined;
    const { version } = this.#options;
    const notice = isSweepKey(key) ? parseSweepNotice(text, key, version) : 'is no key of a sweep';
    const problem = typeof notice === 'string' ? notice : await this.#otherBuild(notice.plan, notice.probe);
    if (typeof notice !== 'string' && problem === undefined) return notice.plan;
    this.#skip(key, text, problem!);
    return undefined;
  }

  #skip(key: string, text: string, problem: string): void {
    const isKnown = this.#skipped.has(key);
    this.#skipped.set(key, text);
    if (!isKnown) this.#options.onSkip?.(`${this.#link.name}: what is announced as ${quote(key)} ${problem}`);
  }

  async #otherBuild(plan: SweepPlan, probe: number): Promise<string | undefined> {
    const found = await this.#pool.probe(plan).catch((error: Error) => error);
    if (found === probe) return undefined;
    if (found instanceof Error) return `cannot be run: ${found.message.split('\n')[0]}`;
    return `has other results than this build of inferscope ${this.#options.version} gives; install the same build everywhere`;
  }

  async #work(plan: SweepPlan, job: Job<BatchJob>, store: SharedStore | undefined): Promise<void> {
    const { name, onBatch, onSkip } = this.#options;
    if (!isBatchJob(job.data, plan)) {
      onSkip?.(
        `${this.#link.name}: the job ${quote(String(job.id))} of ${quote(plan.key)} names no batches of it`,
      );
      return;
    }
    for (const batch of job.data.batches) {
      if (await isHandedIn(this.#link.redis, plan.key, batch)) continue;
      const { failed, bytes } = await this.#pool.evaluate(plan, batch);
      const notice = { batch, failed, worker: name, isStored: store !== undefined };
      await store?.write(batch, bytes!);
      await handIn(this.#link.redis, plan.key, notice, store ? undefined : bytes);
      onBatch?.(plan, batch);
    }
  }
}

/** Waits, at most until the signal aborts. */
async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}
