import { expect, test } from 'vitest';
import type { EvaluatedBatch } from './batch-runner.ts';
import type { SweepPlan } from '../study/run-plan.ts';
import { ExitWatch } from './exit-watch.ts';
import type { SweepService } from './service.ts';
import { ThreadPool } from './thread-pool.ts';
import type { Thread } from './thread.ts';

const PLAN = {} as SweepPlan;

/** A thread that answers, or dies at its first batch. */
function threadThat(answers: boolean, exit = new ExitWatch()): Thread<SweepService> {
  const evaluate = (batch: number): Promise<EvaluatedBatch> => {
    if (answers) return Promise.resolve({ batch, failed: 0 });
    exit.endWith(new Error('a worker thread ended with code 1'));
    return new Promise(() => undefined);
  };
  const api = { prepare: () => Promise.resolve(), evaluate } as unknown as Thread<SweepService>['api'];
  return { api, exit, close: () => undefined };
}

test('a thread that dies after it has worked is replaced', async () => {
  const [first, second] = [new ExitWatch(), new ExitWatch()];
  const threads = [threadThat(true, first), threadThat(true, second)];
  const pool = new ThreadPool(() => threads.shift()!);
  await pool.grow(1);
  expect(await pool.evaluate(PLAN, 3)).toMatchObject({ batch: 3 });
  first.endWith(new Error('killed'));
  expect(await pool.evaluate(PLAN, 4)).toMatchObject({ batch: 4 });
  expect([threads.length, pool.exit.hasEnded]).toEqual([0, false]);
});

test('threads that die before they have worked are the end of the pool', async () => {
  let started = 0;
  const pool = new ThreadPool(() => {
    started++;
    return threadThat(false);
  });
  await pool.grow(1);
  await expect(pool.evaluate(PLAN, 0)).rejects.toThrow('a worker thread ended with code 1');
  await expect(pool.evaluate(PLAN, 1)).rejects.toThrow('a worker thread ended with code 1');
  expect([started, pool.exit.hasEnded]).toEqual([1, true]);
});
