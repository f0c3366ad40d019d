import { describe, expect, test } from 'vitest';
import { smallPlan } from '../../test/support/sweep-plan.ts';
import type { BatchStore } from './pool/batch-runner.ts';
import { createLocalRunner, sweep, type SweepProgress } from './run-sweep.ts';

// 4 filter counts x 4 kernels x 2 boards are 32 points.
const PLAN = smallPlan(4, 8);

async function batchesUntil(stop: number, signal: AbortController): Promise<number[]> {
  const seen: number[] = [];
  for await (const { batch } of sweep(PLAN, { signal: signal.signal })) {
    seen.push(batch);
    if (seen.length === stop) signal.abort();
  }
  return seen;
}

describe('in this thread', () => {
  test('all batches come in order', async () => {
    expect(await batchesUntil(99, new AbortController())).toEqual([0, 1, 2, 3]);
  });

  test('an abort ends it behind the batch that is finished', async () => {
    expect(await batchesUntil(2, new AbortController())).toEqual([0, 1]);
  });

  test('one that is aborted before it begins does nothing', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(await batchesUntil(99, controller)).toEqual([]);
  });
});

/** A store that has the first batch. */
function storeWithOne(): BatchStore & { readonly log: string[] } {
  const log: string[] = [];
  return {
    ...{ log, finishedPoints: 8, folder: 'somewhere' },
    missing: () => [1, 2, 3],
    write: (batch, bytes) => Promise.resolve(void log.push(`write ${batch} ${bytes.length > 0}`)),
    accept: (batch, kept) => Promise.resolve(void log.push(`accept ${batch} ${kept !== undefined}`)),
  };
}

test('progress counts what the store held, and each batch is kept before it is told', async () => {
  const store = storeWithOne();
  const told: Pick<SweepProgress, 'from' | 'to' | 'donePoints' | 'points'>[] = [];
  for await (const { from, to, donePoints, points } of sweep(PLAN, { store })) {
    told.push({ from, to, donePoints, points });
    expect(store.log).toHaveLength(told.length);
  }
  expect(told).toEqual([
    { from: 8, to: 16, donePoints: 16, points: 32 },
    { from: 16, to: 24, donePoints: 24, points: 32 },
    { from: 24, to: 32, donePoints: 32, points: 32 },
  ]);
  expect(store.log).toEqual(['write 1 true', 'write 2 true', 'write 3 true']);
});

test('what a runner has kept itself is taken over, not written', async () => {
  const store = storeWithOne();
  const asked: unknown[] = [];
  const runner: ReturnType<typeof createLocalRunner> = {
    async *run(_plan, batches, signal, keepIn) {
      asked.push([...batches], signal, keepIn);
      yield { batch: 1, failed: 0, kept: {} as never };
    },
  };
  for await (const { batch } of sweep(PLAN, { runner, store })) expect(batch).toBe(1);
  expect(store.log).toEqual(['accept 1 true']);
  expect(asked).toEqual([[1, 2, 3], undefined, 'somewhere']);
});
