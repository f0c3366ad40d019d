import { InferscopeError } from '../../errors.ts';
import { execScript, type ExecRequest } from '../../firmware/guest/exec-script.ts';
import type { GuestResult } from '../../firmware/guest/run-guest.ts';
import type { Io } from '../io.ts';

/** Runs a script; undefined, and told, where the signal came in a call of the board that did not come back. */
export async function runUntilStopped(
  request: ExecRequest,
  signal: AbortSignal,
  io: Io,
): Promise<GuestResult | undefined> {
  try {
    return await execScript(request, signal);
  } catch (error) {
    if (!signal.aborted || !(error instanceof InferscopeError)) throw error;
    io.err(`inferscope: ${error.message}\n`);
    return undefined;
  }
}
