import type { BatchRunner, EvaluatedBatch } from '../run.ts';
import type { SweepPlan } from '../run-plan.ts';
import { createChannel, type Channel } from './channel.ts';
import type { SweepService } from './service.ts';
import { answerOf, type Thread } from './thread.ts';

export type StartThread = () => Thread<SweepService> | Promise<Thread<SweepService>>;

/**
 * Evaluates batches in threads that `start` makes; each takes the next batch when it is done with one. Batches come
 * as they are finished, in any order. Aborted, each thread finishes the batch that it is at.
 */
export function createThreadRunner(threads: number, start: StartThread): BatchRunner {
  return {
    async *run(plan, batches, signal) {
      const finished = createChannel<EvaluatedBatch>(threads);
      const running: Thread<SweepService>[] = [];
      const next = takeFrom(batches, signal);
      const serving = Array.from({ length: threads }, () => serve(start, plan, next, finished, running));
      Promise.all(serving).then(
        () => finished.close(),
        (error: unknown) => finished.close(error),
      );
      try {
        yield* finished;
      } finally {
        await Promise.all(running.map((thread) => thread.close()));
      }
    },
  };
}

/** The next batch at each call; undefined when all are taken or the run is aborted. */
function takeFrom(batches: Iterable<number>, signal?: AbortSignal): () => number | undefined {
  const iterator = batches[Symbol.iterator]();
  return () => (signal?.aborted ? undefined : (iterator.next().value as number | undefined));
}

async function serve(
  start: StartThread,
  plan: SweepPlan,
  next: () => number | undefined,
  finished: Channel<EvaluatedBatch>,
  running: Thread<SweepService>[],
): Promise<void> {
  let batch = next();
  if (batch === undefined) return;
  const thread = await start();
  running.push(thread);
  await answerOf(thread, thread.api.prepare(plan));
  for (; batch !== undefined; batch = next()) {
    await finished.push(await answerOf(thread, thread.api.evaluate(batch)));
  }
}
