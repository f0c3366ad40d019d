import { startNodeThread } from '../sweep/pool/node-thread.ts';
import type { SweepService } from '../sweep/pool/service.ts';
import type { Thread } from '../sweep/pool/thread.ts';

/** Starts a thread that evaluates batches of sweeps, on boards whose costs are Lua scripts too. */
export function startSweepThread(): Promise<Thread<SweepService>> {
  return startNodeThread<SweepService>(import.meta.url, './sweep-thread-entry');
}
