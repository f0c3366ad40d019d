/**
 * The near tests without any mutant. Only a test that passes then can kill, so each that fails on a mutant runs once
 * unchanged; how long it takes is the measure of what hangs.
 */
import type { Memory } from './memory.ts';
import { runTests } from './run-tests.ts';
import type { WorkCopy } from './work-copy.ts';

/** A test file hangs when it takes this much longer than without a mutant, and some seconds more. */
const SLOWER = 5;
const GRACE_SECONDS = 10;
/** For a file that has not run unchanged yet. */
const UNKNOWN_LIMIT_SECONDS = 60;
const PATIENCE_SECONDS = 600;

export class Baseline {
  readonly #memory: Memory;
  readonly #keyOf: (test: string) => string;

  /** `keyOf` names what the outcome of a test file depends on. */
  constructor(memory: Memory, keyOf: (test: string) => string) {
    this.#memory = memory;
    this.#keyOf = keyOf;
  }

  /** How long a test file may take. */
  limitSeconds(test: string): number {
    const seconds = this.#memory.get<number>(this.#keyOf(test));
    return seconds === undefined ? UNKNOWN_LIMIT_SECONDS : GRACE_SECONDS + SLOWER * seconds;
  }

  /** Whether a test file passes unchanged; it runs if it has not, and once more where it fails: the machine may be busy. */
  async passes(test: string, copy: WorkCopy): Promise<boolean> {
    const key = this.#keyOf(test);
    for (let attempt = 0; attempt < 2 && this.#memory.get(key) === undefined; attempt++) {
      const seconds = await measure(test, copy);
      if (seconds !== undefined) this.#memory.put(key, seconds);
    }
    return this.#memory.get(key) !== undefined;
  }
}

async function measure(test: string, { folder }: WorkCopy): Promise<number | undefined> {
  let seconds: number | undefined;
  const { kind } = await runTests({
    ...{ folder, tests: [test], limitSeconds: () => PATIENCE_SECONDS },
    onEvent: (event) => {
      if (event.event === 'done') ({ seconds } = event);
    },
  });
  return kind === 'passed' ? seconds : undefined;
}
