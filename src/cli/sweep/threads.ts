import { startSweepThread as startThread } from '../../node/sweep-runner.ts';
import { collectInOwnThreads } from '../../sweep/pool/collectors.ts';
import type { SweepService } from '../../sweep/pool/service.ts';
import type { Thread } from '../../sweep/pool/thread.ts';

/** Starts a thread that evaluates batches, in a process whose threads take every core. */
export function startSweepThread(): Promise<Thread<SweepService>> {
  collectInOwnThreads();
  return startThread();
}
