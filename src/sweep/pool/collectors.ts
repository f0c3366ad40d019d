import { setFlagsFromString } from 'node:v8';

/**
 * From now on each thread of this process collects its garbage alone, for programs whose threads take every core. V8
 * would share a collection of a few MB out to helpers; with the cores taken, a thread then waits for a helper that waits
 * for a core. Measured on two cores: two workers are 6 % faster, one worker 3 %.
 */
export function collectInOwnThreads(): void {
  // Both are looked up at each collection, so that they may be set at any time.
  setFlagsFromString('--no-parallel-scavenge');
  setFlagsFromString('--no-concurrent-array-buffer-sweeping');
}
