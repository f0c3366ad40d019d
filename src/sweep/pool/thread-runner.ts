import { SpecError } from '../../errors.ts';
import type { BatchRunner, EvaluatedBatch } from './batch-runner.ts';
import { createChannel, type Channel } from './channel.ts';
import type { SweepService } from './service.ts';
import { answerOf, type Thread } from './thread.ts';
import { Upcoming } from './upcoming.ts';

/** Makes a thread that evaluates batches. */
export type StartThread = () => Thread<SweepService> | Promise<Thread<SweepService>>;

/**
 * Evaluates batches in threads that `start` makes. Each is given its next batch while it is at one, so that it never
 * waits for this thread. Batches come as they are finished, in any order. Aborted, each thread finishes the batch that
 * it is at. Throws a SpecError for a number of threads that is none.
 */
export function createThreadRunner(threads: number, start: StartThread): BatchRunner {
  if (!Number.isSafeInteger(threads) || threads < 1)
    throw new SpecError(`a number of threads must be a whole number above 0, got ${threads}`);
  return {
    async *run(plan, batches, signal, keepIn) {
      const finished = createChannel<EvaluatedBatch>(threads);
      const running: Thread<SweepService>[] = [];
      let isOver = false;
      const upcoming = new Upcoming(batches, threads);
      const serve = async (): Promise<void> => {
        const first = signal?.aborted ? undefined : upcoming.take();
        if (first === undefined) return;
        const thread = await start();
        // The reader may be gone before it is there.
        if (isOver) return void (await thread.close());
        running.push(thread);
        const prepared = answerOf(thread, thread.api.prepare(plan));
        // Messages keep their order: the first batch need not wait for this answer.
        await Promise.all([prepared, keepBusy(thread, first, upcoming, finished, { signal, keepIn })]);
      };
      Promise.all(Array.from({ length: threads }, serve)).then(
        () => finished.close(),
        (error: unknown) => finished.close(error),
      );
      try {
        yield* finished;
      } finally {
        isOver = true;
        await Promise.all(running.map((thread) => thread.close()));
      }
    },
  };
}

async function keepBusy(
  thread: Thread<SweepService>,
  first: number,
  upcoming: Upcoming,
  finished: Channel<EvaluatedBatch>,
  { signal, keepIn }: { readonly signal?: AbortSignal | undefined; readonly keepIn?: string | undefined },
): Promise<void> {
  const give = (batch: number | undefined): Promise<EvaluatedBatch> | undefined => {
    if (batch === undefined) return undefined;
    const answer = answerOf(thread, thread.api.evaluate(batch, keepIn));
    // It is awaited later, or never where the run ends before.
    answer.catch(() => undefined);
    return answer;
  };
  let [present, next] = [give(first), give(upcoming.takeAhead())];
  while (present) {
    const evaluated = await present;
    if (signal?.aborted) return void (await finished.push(evaluated));
    present = next ?? give(upcoming.take());
    next = present && give(upcoming.takeAhead());
    await finished.push(evaluated);
  }
}
