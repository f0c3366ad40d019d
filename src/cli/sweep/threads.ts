import type { Board } from '../../boards/board.ts';
import { hasFormulas } from '../../script/formulas.ts';
import { collectInOwnThreads } from '../../sweep/pool/collectors.ts';
import { startNodeThread } from '../../sweep/pool/node-thread.ts';
import type { SweepService } from '../../sweep/pool/service.ts';
import type { Thread } from '../../sweep/pool/thread.ts';

/** Starts a thread that evaluates batches on these boards; without boards, on any, costs in Lua included. */
export function startSweepThread(boards?: readonly Board[]): Promise<Thread<SweepService>> {
  collectInOwnThreads();
  const needsLua = boards?.some(hasFormulas) ?? true;
  const entry = needsLua ? './thread-entry' : '../../sweep/pool/node-entry';
  return startNodeThread<SweepService>(import.meta.url, entry);
}
