import type { BatchRunner } from '../run.ts';
import { startNodeThread } from './node-thread.ts';
import type { SweepService } from './service.ts';
import { createThreadRunner } from './thread-runner.ts';
import type { Thread } from './thread.ts';

/** A worker thread of Node that evaluates batches. */
export async function startSweepThread(): Promise<Thread<SweepService>> {
  return startNodeThread<SweepService>(import.meta.url, './node-entry');
}

/** Evaluates batches in so many worker threads of Node. */
export function createNodeRunner(threads: number): BatchRunner {
  return createThreadRunner(threads, startSweepThread);
}
