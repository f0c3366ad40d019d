/** What the test of sweeps runs in a page: nothing here knows Node. */
import { createThreadRunner } from '../../src/sweep/pool/thread-runner.ts';
import { wrapWebWorker } from '../../src/sweep/pool/web-thread.ts';
import { createLocalRunner, sweep } from '../../src/sweep/run-sweep.ts';
import type { SweepPlan } from '../../src/sweep/study/run-plan.ts';
import { crc32 } from '../../src/models/formats/crc32.ts';

/** CRC-32 of each batch, in the order of the batches; `workers` web workers from `script`, or none. */
export async function sweepInPage(plan: SweepPlan, script: string, workers: number): Promise<number[]> {
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const runner =
    workers === 0
      ? createLocalRunner()
      : createThreadRunner(workers, () => wrapWebWorker(new Worker(address)));
  const sums: number[] = [];
  for await (const { batch, bytes } of sweep(plan, { runner })) sums[batch] = crc32(bytes!);
  return sums;
}
