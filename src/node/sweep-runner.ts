import { startNodeThread } from '../sweep/pool/node-thread.ts';
import type { SweepService } from '../sweep/pool/service.ts';
import { createThreadRunner } from '../sweep/pool/thread-runner.ts';
import type { Thread } from '../sweep/pool/thread.ts';
import type { BatchRunner } from '../sweep/pool/batch-runner.ts';

/** A worker thread of Node that evaluates batches; where a board has costs in Lua it loads Lua. */
export async function startSweepThread(): Promise<Thread<SweepService>> {
  return startNodeThread<SweepService>(import.meta.url, './sweep-entry');
}

/** Evaluates batches in so many worker threads of Node. Throws a SpecError for a number that is none. */
export function createNodeRunner(threads: number): BatchRunner {
  return createThreadRunner(threads, startSweepThread);
}
