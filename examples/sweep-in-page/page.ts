import { createThreadRunner, sweep, wrapWebWorker, type SweepPlan } from 'inferscope/sweep';

const start = () => wrapWebWorker(new Worker(new URL('./my-worker.ts', import.meta.url), { type: 'module' }));

export async function run(plan: SweepPlan): Promise<void> {
  for await (const { donePoints, points } of sweep(plan, { runner: createThreadRunner(4, start) })) {
    console.log(`${donePoints} of ${points} points`);
  }
}
