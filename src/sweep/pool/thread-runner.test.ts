import { describe, expect, it } from 'vitest';
import type { EvaluatedBatch } from './batch-runner.ts';
import type { SweepPlan } from '../study/run-plan.ts';
import { ExitWatch } from './exit-watch.ts';
import type { SweepService } from './service.ts';
import { createThreadRunner } from './thread-runner.ts';
import type { Thread } from './thread.ts';

const PLAN = {} as SweepPlan;

/** A thread whose batches end when the test says so, in the order in which they were given. */
class ManualThread {
  readonly given: number[] = [];
  isClosed = false;
  readonly #ends: (() => void)[] = [];
  readonly thread: Thread<SweepService>;

  constructor() {
    const evaluate = (batch: number): Promise<EvaluatedBatch> => {
      this.given.push(batch);
      return new Promise((resolve) => void this.#ends.push(() => resolve({ batch, failed: 0 })));
    };
    this.thread = {
      api: { prepare: () => Promise.resolve(), evaluate } as unknown as Thread<SweepService>['api'],
      exit: new ExitWatch(),
      close: () => void (this.isClosed = true),
    };
  }

  async endOne(): Promise<void> {
    this.#ends.shift()!();
    await settled();
  }
}

const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

function start(threads: number, batches: Iterable<number>, signal?: AbortSignal) {
  const manual = Array.from({ length: threads }, () => new ManualThread());
  const waiting = [...manual];
  const runner = createThreadRunner(threads, () => waiting.shift()!.thread);
  const finished: number[] = [];
  const end = (async () => {
    for await (const { batch } of runner.run(PLAN, batches, signal)) finished.push(batch);
  })();
  return { manual, finished, end };
}

describe('createThreadRunner', () => {
  it('closes a thread that comes when the reader has gone', async () => {
    const [early, late] = [new ManualThread(), new ManualThread()];
    let come: () => void = () => undefined;
    const starts = [
      Promise.resolve(early.thread),
      new Promise<Thread<SweepService>>((resolve) => void (come = () => resolve(late.thread))),
    ];
    const runner = createThreadRunner(2, () => starts.shift()!);
    const end = (async () => {
      const batches = runner.run(PLAN, [0, 1, 2, 3])[Symbol.asyncIterator]();
      await batches.next();
      await batches.return?.();
    })();
    await settled();
    await early.endOne();
    await end;
    come();
    await settled();
    expect([early.isClosed, late.isClosed, late.given]).toEqual([true, true, []]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d threads', (threads) => {
    expect(() => createThreadRunner(threads, () => new ManualThread().thread)).toThrow(
      `a number of threads must be a whole number above 0, got ${threads}`,
    );
  });

  it('gives each thread its next batch while it is at one, and keeps the last ones for threads without work', async () => {
    const { manual, finished, end } = start(2, [0, 1, 2, 3, 4]);
    await settled();
    const [a, b] = manual as [ManualThread, ManualThread];
    expect([a.given, b.given]).toEqual([[0, 2], [1]]);
    await a.endOne();
    expect(a.given).toEqual([0, 2]);
    await a.endOne();
    expect(a.given).toEqual([0, 2, 3]);
    await b.endOne();
    expect(b.given).toEqual([1, 4]);
    await a.endOne();
    await b.endOne();
    await end;
    expect(finished).toEqual([0, 2, 1, 3, 4]);
    expect([a.isClosed, b.isClosed]).toEqual([true, true]);
  });

  it('hands out each of many batches once', async () => {
    const batches = Array.from({ length: 50 }, (_, batch) => batch);
    const { manual, finished, end } = start(3, batches);
    await settled();
    while (finished.length < batches.length) {
      for (const thread of manual) {
        const isBusy = thread.given.some((batch) => !finished.includes(batch));
        if (isBusy) await thread.endOne();
      }
    }
    await end;
    expect([...finished].sort((a, b) => a - b)).toEqual(batches);
  });

  it('ends, when aborted, with the batch that each thread is at', async () => {
    const abort = new AbortController();
    const { manual, finished, end } = start(1, [0, 1, 2, 3, 4, 5], abort.signal);
    await settled();
    await manual[0].endOne();
    abort.abort();
    await manual[0].endOne();
    await end;
    expect(finished).toEqual([0, 1]);
    expect(manual[0].isClosed).toBe(true);
  });

  it('throws what an evaluation throws', async () => {
    const { thread } = new ManualThread();
    const failing = {
      ...thread,
      api: { ...thread.api, evaluate: () => Promise.reject(new Error('no memory left')) },
    } as unknown as Thread<SweepService>;
    const run = createThreadRunner(1, () => failing).run(PLAN, [0, 1, 2]);
    await expect(run[Symbol.asyncIterator]().next()).rejects.toThrow('no memory left');
  });
});
