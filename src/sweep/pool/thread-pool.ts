import type { EvaluatedBatch } from './batch-runner.ts';
import type { SweepPlan } from '../study/run-plan.ts';
import { ExitWatch } from './exit-watch.ts';
import type { SweepService } from './service.ts';
import type { StartThread } from './thread-runner.ts';
import { answerOf, type Thread } from './thread.ts';

type PoolThread = Thread<SweepService>;

/** Threads that evaluate batches of any plans; a thread that died is replaced. */
export class ThreadPool {
  /** Cut where a thread dies that never answered: the next one would too. */
  readonly exit = new ExitWatch();
  readonly #start: StartThread;
  readonly #idle: PoolThread[] = [];
  readonly #waiting: ((thread: PoolThread) => void)[] = [];
  readonly #all = new Set<PoolThread>();
  readonly #proven = new WeakSet<PoolThread>();
  #isClosed = false;

  constructor(start: StartThread) {
    this.#start = start;
  }

  async grow(threads: number): Promise<void> {
    await Promise.all(Array.from({ length: threads }, () => this.#add()));
  }

  /** Evaluates a batch in the next thread that is free. Throws what the evaluation throws. */
  async evaluate(plan: SweepPlan, batch: number): Promise<EvaluatedBatch> {
    return this.#using(async (thread) => {
      await answerOf(thread, thread.api.prepare(plan));
      return answerOf(thread, thread.api.evaluate(batch));
    });
  }

  /** Checksum of a plan's first points, as a thread computes it. */
  async probe(plan: SweepPlan): Promise<number> {
    return this.#using((thread) => answerOf(thread, thread.api.probe(plan)));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const threads = [...this.#all];
    this.#all.clear();
    await Promise.all(threads.map((thread) => thread.close()));
  }

  async #using<T>(work: (thread: PoolThread) => Promise<T>): Promise<T> {
    const thread = await this.exit.hold(this.#take());
    try {
      const answer = await work(thread);
      this.#proven.add(thread);
      return answer;
    } finally {
      if (this.#all.has(thread)) this.#give(thread);
    }
  }

  async #add(): Promise<void> {
    const thread = await this.#start();
    if (this.#isClosed) return void (await thread.close());
    this.#all.add(thread);
    thread.exit.end().catch((death: unknown) => this.#replace(thread, death));
    this.#give(thread);
  }

  #replace(thread: PoolThread, death: unknown): void {
    if (!this.#all.delete(thread)) return;
    if (!this.#proven.has(thread)) return this.exit.endWith(death);
    this.#add().catch((error: unknown) => this.exit.endWith(error));
  }

  #give(thread: PoolThread): void {
    const next = this.#waiting.shift();
    if (next) next(thread);
    else this.#idle.push(thread);
  }

  async #take(): Promise<PoolThread> {
    for (let thread = this.#idle.pop(); thread; thread = this.#idle.pop()) {
      if (!thread.exit.hasEnded) return thread;
    }
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }
}
