import type { EvaluatedBatch } from '../run.ts';
import type { SweepPlan } from '../run-plan.ts';
import type { SweepService } from './service.ts';
import type { StartThread } from './thread-runner.ts';
import { answerOf, type Thread } from './thread.ts';

/** Threads that evaluate batches of any plans; a thread that died is replaced. */
export class ThreadPool {
  readonly #start: StartThread;
  readonly #idle: Thread<SweepService>[] = [];
  readonly #waiting: ((thread: Thread<SweepService>) => void)[] = [];
  readonly #all = new Set<Thread<SweepService>>();

  constructor(start: StartThread) {
    this.#start = start;
  }

  async grow(threads: number): Promise<void> {
    await Promise.all(Array.from({ length: threads }, () => this.#add()));
  }

  /** Evaluates a batch in the next thread that is free. Throws what the evaluation throws. */
  async evaluate(plan: SweepPlan, batch: number): Promise<EvaluatedBatch> {
    const thread = await this.#take();
    try {
      await answerOf(thread, thread.api.prepare(plan));
      return await answerOf(thread, thread.api.evaluate(batch));
    } finally {
      if (this.#all.has(thread)) this.#give(thread);
    }
  }

  /** Checksum of a plan's first points, as a thread computes it. */
  async probe(plan: SweepPlan): Promise<number> {
    const thread = await this.#take();
    try {
      return await answerOf(thread, thread.api.probe(plan));
    } finally {
      if (this.#all.has(thread)) this.#give(thread);
    }
  }

  async close(): Promise<void> {
    const threads = [...this.#all];
    this.#all.clear();
    await Promise.all(threads.map((thread) => thread.close()));
  }

  async #add(): Promise<void> {
    const thread = await this.#start();
    this.#all.add(thread);
    thread.died.catch(() => {
      if (!this.#all.delete(thread)) return;
      const at = this.#idle.indexOf(thread);
      if (at >= 0) this.#idle.splice(at, 1);
      void this.#add();
    });
    this.#give(thread);
  }

  #give(thread: Thread<SweepService>): void {
    const next = this.#waiting.shift();
    if (next) next(thread);
    else this.#idle.push(thread);
  }

  async #take(): Promise<Thread<SweepService>> {
    return this.#idle.pop() ?? new Promise((resolve) => void this.#waiting.push(resolve));
  }
}
