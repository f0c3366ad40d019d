import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createNodeRunner } from '../src/node/sweep-runner.ts';
import { sweep } from '../src/sweep/run-sweep.ts';
import { openStore } from '../src/sweep/store/store.ts';
import { endProcesses, startScript } from './support/processes.ts';
import type { SweepTask } from './support/sweep-process.ts';
import { collect, complete } from './support/sweep-complete.ts';
import { indicesOf, newFolder, readIndices, sameBytes, seeded, smallPlan } from './support/sweep-plan.ts';

afterEach(endProcesses);

// The other six of twenty rounds kill workers of a queue (sweep-redis.test.ts).
const MAIN_ROUNDS = 14;

const start = (task: SweepTask) => startScript('test/support/sweep-process.ts', [JSON.stringify(task)]);

test.each([1, 2, 3])('%i workers give the bytes of none', async (workers) => {
  const plan = smallPlan(100, 64);
  const alone = await complete(plan, join(newFolder(), 'alone'));
  const together = await complete(plan, join(newFolder(), 'together'), createNodeRunner(workers));
  expect(await sameBytes(alone, together)).toBe(true);
  expect(await readIndices(together)).toEqual(indicesOf(plan));
});

test('an abort ends the threads with the batches that they are at, and nothing is lost', async () => {
  const plan = smallPlan(100, 16);
  const store = await openStore(join(newFolder(), 'results'), plan);
  const controller = new AbortController();
  let yielded = 0;
  for await (const { batch } of sweep(plan, {
    store,
    runner: createNodeRunner(2),
    signal: controller.signal,
  })) {
    yielded++;
    if (batch >= 3) controller.abort();
  }
  expect(yielded).toBeLessThan(plan.batches);
  expect(store.finishedBatches).toBe(yielded);
});

test('an error in a thread comes out as what it was', async () => {
  const plan = smallPlan(4, 16);
  const broken = { ...plan, boards: [] };
  await expect(
    collect(await openStore(join(newFolder(), 'results'), broken), createNodeRunner(2)),
  ).rejects.toMatchObject({
    name: 'SpecError',
    message: expect.stringMatching(/^board: there is no /) as string,
  });
});

test(`the main process killed ${MAIN_ROUNDS} times at random moments: every point once, the bytes of an undisturbed run`, async () => {
  const random = seeded(7);
  const filters = 1500;
  const plan = smallPlan(filters, 40);
  const undisturbed = await complete(plan, join(newFolder(), 'undisturbed'));
  let folder = newFolder();
  let isBroken = false;
  for (let round = 0; round < MAIN_ROUNDS; round++) {
    const process = start({ kind: 'sweep', folder, filters, batchPoints: 40, workers: round % 3 });
    await process.printed(/^holds/m);
    await sleep(random() * 700);
    process.kill();
    const { text } = await process.ended;
    isBroken ||= !text.includes('complete');
    // What was told to be kept is kept.
    const told = [...text.matchAll(/^batch (\d+)\n/gm)].map(([, batch]) => Number(batch));
    const store = await openStore(folder, plan, { resume: true });
    expect(told.filter((batch) => !store.has(batch))).toEqual([]);
    if (store.finishedBatches < plan.batches) continue;
    expect(await sameBytes(await store.merge(), undisturbed)).toBe(true);
    folder = newFolder();
  }
  expect(isBroken).toBe(true);
  const path = await complete(plan, folder);
  expect(await readIndices(path)).toEqual(indicesOf(plan));
  expect(await sameBytes(path, undisturbed)).toBe(true);
});
