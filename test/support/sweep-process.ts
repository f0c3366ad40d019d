// Runs a sweep, or a worker of the queue, in a process of its own that a test may kill. Arguments: one JSON text.
import { createNodeRunner, startSweepThread } from '../../src/node/sweep-runner.ts';
import { serveQueue } from '../../src/sweep/queue/queue-worker.ts';
import { createLocalRunner, sweep } from '../../src/sweep/run-sweep.ts';
import { openStore } from '../../src/sweep/store/store.ts';
import { smallPlan } from './sweep-plan.ts';

export type SweepTask =
  | { kind: 'sweep'; folder: string; filters: number; batchPoints: number; workers: number }
  | { kind: 'worker'; url: string; lockMs: number; patienceMs: number; version: string; folder?: string };

const task = JSON.parse(process.argv[2]!) as SweepTask;

async function runSweep({
  folder,
  filters,
  batchPoints,
  workers,
}: SweepTask & { kind: 'sweep' }): Promise<void> {
  const plan = smallPlan(filters, batchPoints);
  const store = await openStore(folder, plan, { resume: true });
  console.log(`holds ${store.finishedPoints}`);
  const runner = workers === 0 ? createLocalRunner() : createNodeRunner(workers);
  for await (const { batch } of sweep(plan, { runner, store })) console.log(`batch ${batch}`);
  await store.merge();
  console.log('complete');
}

if (task.kind === 'sweep') await runSweep(task);
else {
  const { url, lockMs, patienceMs, version, folder } = task;
  await serveQueue(url, {
    ...{ version, name: String(process.pid), threads: 1, start: startSweepThread, lockMs, patienceMs },
    ...(folder !== undefined && { folder }),
    onSkip: (problem) => console.log(`passed over: ${problem}`),
    onReady: () => console.log('ready'),
    onBatch: (_, batch) => console.log(`batch ${batch}`),
  }).catch((error: Error) => {
    console.log(`${error.name}: ${error.message}`);
    process.exitCode = 2;
  });
}
