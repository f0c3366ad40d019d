import { recordsOf } from '../hardware/session-trace.ts';
import type { GuestNews } from './guest-news.ts';
import type { GuestRequest, GuestResult } from './guest-request.ts';
import { runInColumns } from './run-in-columns.ts';

export type { GuestRequest, GuestResult, Picture } from './guest-request.ts';

/**
 * Runs one script on a virtual board in this realm, which must run nothing else of MicroPython meanwhile: one worker a
 * run. Throws SpecError for a board that runs no scripts; what the script does wrong is in the result. `onNews` is told
 * about every 50 ms of the board's time what came of the run since, and the rest at its end.
 */
export async function runGuest(
  request: GuestRequest,
  onProgress?: (isInside: boolean) => void,
  isInterrupted?: () => boolean,
  onNews?: (news: GuestNews) => void,
): Promise<GuestResult> {
  const { columns, ...rest } = await runInColumns(request, { onProgress, isInterrupted, onNews });
  return { ...rest, records: recordsOf(columns) };
}
