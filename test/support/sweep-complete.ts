import { sweep } from '../../src/sweep/run-sweep.ts';
import type { BatchRunner } from '../../src/sweep/pool/batch-runner.ts';
import type { SweepPlan } from '../../src/sweep/study/run-plan.ts';
import { openStore, type SweepStore } from '../../src/sweep/store/store.ts';

/** Runs what is missing in a folder, and gives the merged file. */
export async function complete(plan: SweepPlan, folder: string, runner?: BatchRunner): Promise<string> {
  const store = await openStore(folder, plan, { resume: true });
  await collect(store, runner);
  return store.merge();
}

/** Runs what is missing in a store, and gives the batches in the order in which they came. */
export async function collect(
  store: SweepStore,
  runner?: BatchRunner,
  onBatch?: (collected: number) => void,
): Promise<number[]> {
  const batches: number[] = [];
  for await (const { batch } of sweep(store.plan, { store, ...(runner && { runner }) })) {
    batches.push(batch);
    onBatch?.(batches.length);
  }
  return batches;
}
