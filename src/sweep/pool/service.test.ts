import { expect, test } from 'vitest';
import { indicesOf, smallPlan } from '../../../test/support/sweep-plan.ts';
import { sweep } from '../run-sweep.ts';
import type { BatchRunner, BatchStore } from './batch-runner.ts';
import { createSweepService, type KeepPart } from './service.ts';

const plan = smallPlan(4, 24);

/** A thread without the thread, and a store that notes what it is asked. */
async function run(keep: KeepPart | undefined) {
  const service = createSweepService(keep && { keep });
  void service.prepare(plan);
  const runner: BatchRunner = {
    async *run(_plan, batches, _signal, keepIn) {
      for (const batch of batches) yield service.evaluate(batch, keepIn);
    },
  };
  const asked: string[] = [];
  const store: BatchStore = {
    finishedPoints: 0,
    folder: 'results',
    missing: () => [0, 1],
    write: (batch) => Promise.resolve(void asked.push(`write ${batch}`)),
    accept: (batch, summary) => Promise.resolve(void asked.push(`accept ${batch} ${summary !== undefined}`)),
  };
  let donePoints = 0;
  for await (const progress of sweep(plan, { runner, store })) donePoints = progress.donePoints;
  expect(donePoints).toBe(indicesOf(plan).length);
  return asked;
}

test('a batch that a thread has kept is taken over, with its summary', async () => {
  const kept: string[] = [];
  const keep: KeepPart = (folder, batch) => kept.push(`${folder} ${batch}`) > 0;
  expect(await run(keep)).toEqual(['accept 0 true', 'accept 1 true']);
  expect(kept).toEqual(['results 0', 'results 1']);
});

test.each([
  ['cannot keep', () => false],
  ['has no files', undefined],
])('a batch of a thread that %s is written by the store', async (_, keep) => {
  expect(await run(keep)).toEqual(['write 0', 'write 1']);
});
