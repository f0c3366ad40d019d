import { setImmediate } from 'node:timers/promises';

/** Ends work that was stopped by Ctrl-C. */
export class Interruption extends Error {}

/** Between two pieces of work that hold the thread: a signal that has come meanwhile is seen here. Throws an Interruption. */
export async function letSignalsIn(signal: AbortSignal): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw new Interruption('interrupted');
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Runs work whose signal aborts at the first Ctrl-C; a second one ends the program at once, as it always does. */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const name of SIGNALS) process.once(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.removeListener(name, stop);
  }
}
