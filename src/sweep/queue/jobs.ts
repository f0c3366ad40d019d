import type { SweepPlan } from '../study/run-plan.ts';

/** Neighbouring batches that one worker takes together: a second of work or so, so that the queue costs nothing. */
export interface BatchJob {
  readonly id: string;
  readonly batches: readonly number[];
}

const MAX_JOB_BATCHES = 4;
/** Sweeps with fewer jobs than this get smaller ones, so that many workers have something to do. */
const MIN_JOBS = 512;

function jobBatches({ batches }: SweepPlan): number {
  return Math.min(MAX_JOB_BATCHES, Math.max(1, Math.floor(batches / MIN_JOBS)));
}

/**
 * The jobs of some batches, which ascend. A batch has its place in one job whatever is missing, and a job its id, so
 * that to add one twice is harmless.
 */
export function* jobsOf(plan: SweepPlan, batches: Iterable<number>): Generator<BatchJob> {
  const each = jobBatches(plan);
  let block = -1;
  let held: number[] = [];
  for (const batch of batches) {
    if (Math.floor(batch / each) !== block && held.length > 0) {
      yield { id: `job-${block}`, batches: held };
      held = [];
    }
    block = Math.floor(batch / each);
    held.push(batch);
  }
  if (held.length > 0) yield { id: `job-${block}`, batches: held };
}
