import type { Queue } from 'bullmq';
import { FormatError, InferscopeError, SpecError } from '../../errors.ts';
import { quote } from '../../models/graph/quote.ts';
import { probeOf } from '../pool/probe.ts';
import type { BatchRunner, EvaluatedBatch } from '../pool/batch-runner.ts';
import { parsePart, readPart } from '../store/part.ts';
import { partPath } from '../store/part-names.ts';
import { NODE_FILES } from '../store/store-files.ts';
import { rowsOf, type SweepPlan } from '../study/run-plan.ts';
import { Claim } from './claim.ts';
import { jobsOf, type BatchJob } from './jobs.ts';
import {
  announce,
  dropResult,
  findHandedIn,
  nextNotice,
  PREFIX,
  queueName,
  readResult,
  retract,
} from './mailbox.ts';
import { isBatchJob, type BatchNotice, type SweepNotice } from './notices.ts';
import { explainRedis, loadLibrary, LostRedisError, openRedis, type RedisLink } from './redis.ts';

export interface QueueRunnerOptions {
  /** Batches that are given out and not collected yet; bounds what lies in Redis. */
  readonly window?: number;
  /** For so long Redis may go away. */
  readonly patienceMs?: number;
  /** For so long a sweep stays with a collector that shows no sign of life. */
  readonly claimSeconds?: number;
  /** Called once where no worker has handed in anything for five seconds and more: perhaps there is none. */
  onQuiet?(): void;
}

const WINDOW = 256;
const WAIT_SECONDS = 1;
const QUIET_SECONDS = 5;
const ATTEMPTS = 3;
const RENEW_MS = 10_000;
const MAX_FAILED = 1000;
const MOST_REFUSED = 10;

/**
 * Gives batches out to the workers that listen on a Redis server, and collects them. Throws a SpecError of one line for
 * a server that cannot be used or goes away, and where workers fail at a batch.
 */
export function createQueueRunner(url: string, options: QueueRunnerOptions = {}): BatchRunner {
  return {
    async *run(plan, batches, signal, folder) {
      const { Queue } = await loadLibrary(() => import('bullmq'));
      const link = await openRedis(url, { ...options, signal });
      if (link === undefined) return;
      const claim = new Claim(link.redis, plan.key, options.claimSeconds);
      let collector: Collector | undefined;
      try {
        await explaining(link, claim.take(link.name, signal));
        if (signal?.aborted) return;
        const queue = new Queue(queueName(plan), { connection: link.redis, prefix: PREFIX });
        queue.on('error', () => undefined);
        collector = new Collector(link, queue, plan, jobsOf(plan, batches), { ...options, folder });
        yield* collector.collect(signal);
      } catch (error) {
        if (error instanceof LostRedisError)
          throw new SpecError(`${error.message}; what was collected is kept, run again with --resume`);
        throw error;
      } finally {
        await link.exit.hold(leave(claim, collector)).catch(() => undefined);
        link.close();
      }
    },
  };
}

async function leave(claim: Claim, collector: Collector | undefined): Promise<void> {
  try {
    await collector?.finish();
  } finally {
    await claim.release();
  }
}

/** Waits for Redis. Throws the SpecError of a server that stays away, or of what it refuses. */
async function explaining<T>(link: RedisLink, action: Promise<T>): Promise<T> {
  try {
    return await link.exit.hold(action);
  } catch (error) {
    if (error instanceof InferscopeError) throw error;
    // Commands fail a moment before the connection is given up.
    if (/Connection is closed/.test((error as Error).message)) return link.exit.end();
    if ((error as Error).name === 'ReplyError') throw explainRedis(link.name, error);
    throw error;
  }
}

class Collector {
  readonly #link: RedisLink;
  readonly #queue: Queue;
  readonly #plan: SweepPlan;
  readonly #jobs: Iterator<BatchJob>;
  readonly #window: number;
  readonly #notice: SweepNotice;
  /** Batches given out, by the job that they are in. */
  readonly #open = new Map<number, BatchJob>();
  /** Handed in to an earlier run. */
  readonly #ready: BatchNotice[] = [];
  readonly #collected = new Set<number>();
  /** How often what was handed in for a batch was none of its results. */
  readonly #refused = new Map<number, number>();
  readonly #onQuiet: (() => void) | undefined;
  readonly #folder: string | undefined;
  #quietSeconds = 0;
  #isAllGivenOut = false;
  #renewal: NodeJS.Timeout | undefined;

  constructor(
    link: RedisLink,
    queue: Queue,
    plan: SweepPlan,
    jobs: Iterator<BatchJob>,
    { window = WINDOW, onQuiet, folder }: QueueRunnerOptions & { readonly folder: string | undefined },
  ) {
    this.#link = link;
    this.#queue = queue;
    this.#plan = plan;
    this.#jobs = jobs;
    this.#window = window;
    this.#onQuiet = onQuiet;
    this.#folder = folder;
    this.#notice = { plan, probe: probeOf(plan) };
  }

  async *collect(signal?: AbortSignal): AsyncGenerator<EvaluatedBatch> {
    const { key } = this.#plan;
    const { redis } = this.#link;
    const waiting = this.#link.duplicate();
    // A server that lost its memory meanwhile is told again.
    waiting.once('ready', () => waiting.on('ready', () => void this.#tellAgain().catch(() => undefined)));
    this.#renewal = setInterval(() => void this.#renew().catch(() => undefined), RENEW_MS);
    await explaining(this.#link, this.#queue.clean(0, MAX_FAILED, 'failed'));
    while (!signal?.aborted) {
      await explaining(this.#link, this.#giveOut());
      if (this.#open.size === 0 && this.#ready.length === 0) return;
      const notice =
        this.#ready.shift() ?? (await explaining(this.#link, nextNotice(waiting, key, WAIT_SECONDS)));
      if (!notice) await explaining(this.#link, this.#look());
      else if (notice === 'other') continue;
      else if (this.#isOpen(notice)) {
        const result = await explaining(this.#link, this.#resultOf(notice));
        if (!result) continue;
        yield result;
        await explaining(this.#link, this.#close(notice.batch));
      } else if (this.#collected.has(notice.batch)) {
        await explaining(this.#link, dropResult(redis, key, notice.batch));
      }
    }
  }

  /** Takes away what the sweep has left in Redis. Results that workers hand in later expire by themselves. */
  async finish(): Promise<void> {
    clearInterval(this.#renewal);
    await retract(this.#link.redis, this.#plan.key);
    await this.#queue.obliterate({ force: true });
  }

  /** What was handed in; undefined where it is no such batch, which is given out again. */
  async #resultOf({ batch, failed, worker, isStored }: BatchNotice): Promise<EvaluatedBatch | undefined> {
    const { key } = this.#plan;
    const path = partPath(this.#folder ?? '', batch);
    const part = { path, batch, rows: rowsOf(this.#plan, batch) };
    try {
      if (isStored) {
        await readPart(NODE_FILES, part, key);
        return { batch, failed, worker };
      }
      const bytes = await readResult(this.#link.redis, key, batch);
      parsePart(bytes, part, key);
      return { batch, failed, worker, bytes };
    } catch (error) {
      if (!(error instanceof FormatError) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      const refused = (this.#refused.get(batch) ?? 0) + 1;
      this.#refused.set(batch, refused);
      if (refused > MOST_REFUSED) throw error;
      await dropResult(this.#link.redis, key, batch);
      await this.#add([this.#open.get(batch)!]);
      return undefined;
    }
  }

  #isOpen({ batch }: BatchNotice): boolean {
    return this.#open.has(batch);
  }

  async #close(batch: number): Promise<void> {
    this.#quietSeconds = 0;
    this.#open.delete(batch);
    this.#collected.add(batch);
    await dropResult(this.#link.redis, this.#plan.key, batch);
  }

  async #giveOut(): Promise<void> {
    const jobs: BatchJob[] = [];
    while (!this.#isAllGivenOut && this.#open.size < this.#window) {
      const { value: job, done } = this.#jobs.next();
      if (done) this.#isAllGivenOut = true;
      else {
        for (const batch of job.batches) this.#open.set(batch, job);
        const handedIn = await findHandedIn(this.#link.redis, this.#plan.key, job.batches);
        this.#ready.push(...handedIn);
        if (handedIn.length < job.batches.length) jobs.push(job);
      }
    }
    if (jobs.length === 0) return;
    await announce(this.#link.redis, this.#notice);
    await this.#add(jobs);
  }

  async #add(jobs: readonly BatchJob[]): Promise<void> {
    const opts = { attempts: ATTEMPTS, removeOnComplete: true };
    await this.#queue.addBulk(
      jobs.map(({ id, batches }) => ({ name: 'batches', data: { batches }, opts: { ...opts, jobId: id } })),
    );
  }

  async #tellAgain(): Promise<void> {
    if (this.#open.size === 0) return;
    await announce(this.#link.redis, this.#notice);
    await this.#add([...new Set(this.#open.values())]);
  }

  async #renew(): Promise<void> {
    if (this.#open.size > 0) await announce(this.#link.redis, this.#notice);
  }

  /** Looks whether workers have given up a job, and for batches whose notice has been lost on its way. */
  async #look(): Promise<void> {
    this.#quietSeconds += WAIT_SECONDS;
    this.#ready.push(...(await findHandedIn(this.#link.redis, this.#plan.key, [...this.#open.keys()])));
    if (this.#quietSeconds === QUIET_SECONDS) this.#onQuiet?.();
    const all = await this.#queue.getFailed(0, MAX_FAILED).catch((error: unknown) => {
      if (error instanceof SyntaxError) return [];
      throw error;
    });
    const failed = all.find((job) => isBatchJob(job?.data, this.#plan));
    if (!failed) return;
    const { batches } = failed.data as BatchJob;
    throw new SpecError(
      `${this.#link.name}: workers failed ${ATTEMPTS} times at batch ${batches[0]} to ${batches.at(-1)}: ` +
        `${quote(failed.failedReason)}; what was collected is kept`,
    );
  }
}
