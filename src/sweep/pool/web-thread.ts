import type { SweepService } from './service.ts';
import { threadOf, type Thread } from './thread.ts';

/**
 * Wraps a web worker that calls `serveSweep` of `inferscope/sweep-worker`. The page makes it, since bundlers find workers
 * by this very expression: `new Worker(new URL('./my-worker.ts', import.meta.url), { type: 'module' })`.
 */
export function wrapWebWorker<Api = SweepService>(worker: Worker): Thread<Api> {
  return threadOf<Api>(
    worker,
    (die) => {
      worker.addEventListener('error', ({ message }) => die(new Error(`a web worker failed: ${message}`)));
      worker.addEventListener('messageerror', () => die(new Error('a web worker sent what cannot be read')));
    },
    () => worker.terminate(),
  );
}
