import type { BatchRunner, BatchStore, EvaluatedBatch } from './pool/batch-runner.ts';
import { BatchEvaluator } from './pool/service.ts';
import { planRange, type SweepPlan } from './study/run-plan.ts';

/** Who evaluates a sweep, where it is kept, and what ends it. */
export interface SweepRunOptions {
  /** Default: this thread, which then answers nothing else meanwhile. */
  readonly runner?: BatchRunner;
  /** What it holds is not evaluated again; what is evaluated is kept there before it is yielded. */
  readonly store?: BatchStore;
  /** Ends the run early; what is finished is kept. */
  readonly signal?: AbortSignal;
}

/** A batch that is finished, and how far the sweep is with it. */
export interface SweepProgress extends EvaluatedBatch {
  /** Points of this batch, [from, to). */
  readonly from: number;
  readonly to: number;
  /** Points that are finished, those that the store held before included. */
  readonly donePoints: number;
  readonly points: number;
}

/** Evaluates in the thread that calls, one batch at a time. */
export function createLocalRunner(): BatchRunner {
  return {
    async *run(plan, batches, signal) {
      const evaluator = new BatchEvaluator(plan);
      for (const batch of batches) {
        if (signal?.aborted) return;
        yield evaluator.evaluate(batch);
      }
    },
  };
}

function* allBatches({ batches }: SweepPlan): Generator<number> {
  for (let batch = 0; batch < batches; batch++) yield batch;
}

/**
 * Runs a sweep and yields each batch as it is finished and kept. The same in Node and in a browser: threads, stores
 * and queues come in from outside. Throws what an evaluation, a store or a queue throws; what was kept stays.
 */
export async function* sweep(
  plan: SweepPlan,
  { runner = createLocalRunner(), store, signal }: SweepRunOptions = {},
): AsyncGenerator<SweepProgress> {
  let donePoints = store?.finishedPoints ?? 0;
  const batches = store?.missing() ?? allBatches(plan);
  for await (const evaluated of runner.run(plan, batches, signal, store?.folder)) {
    const { batch, bytes, kept } = evaluated;
    if (store) await (bytes ? store.write(batch, bytes) : store.accept(batch, kept));
    const { from, to } = planRange(plan, batch);
    donePoints += to - from;
    yield { ...evaluated, from, to, donePoints, points: plan.points };
  }
}
