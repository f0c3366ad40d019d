/** The near tests without any mutant: all must pass, and how long they take is the measure of what hangs. */
import type { Memory } from './memory.ts';
import { runTests } from './run-tests.ts';
import type { WorkCopy } from './work-copy.ts';

/** Seconds that a test file takes when nothing is changed. */
export type Baseline = ReadonlyMap<string, number>;

export interface BaselineInput {
  readonly tests: readonly string[];
  readonly copies: readonly WorkCopy[];
  readonly memory: Memory;
  /** Names what the outcome of a test file depends on. */
  keyOf(test: string): string;
}

const LIMIT_SECONDS = 300;

/** Why no mutant can be judged. */
export class Refusal extends Error {}

export async function measureBaseline({ tests, copies, memory, keyOf }: BaselineInput): Promise<Baseline> {
  const unknown = tests.filter((test) => memory.get(keyOf(test)) === undefined);
  if (unknown.length > 0) console.log(`${unknown.length} test files without mutants first`);
  let failing: readonly string[] = unknown;
  // A test that fails once may have been out of luck on a busy machine; one that fails twice is broken.
  for (let attempt = 0; attempt < 2 && failing.length > 0; attempt++) {
    const dealt = copies.map((copy, turn) => ({
      copy,
      share: failing.filter((_, index) => index % copies.length === turn),
    }));
    const keep = (test: string, seconds: number) => memory.put(keyOf(test), seconds);
    await Promise.all(dealt.map(({ copy, share }) => measure(copy, share, keep)));
    failing = failing.filter((test) => memory.get(keyOf(test)) === undefined);
  }
  if (failing.length > 0) throw new Refusal(`these fail without any mutant: ${failing.join(' ')}`);
  return new Map(tests.map((test) => [test, memory.get<number>(keyOf(test))!]));
}

/** Tells of each file that passes how long it takes, as soon as it is done. */
async function measure(
  { folder }: WorkCopy,
  tests: readonly string[],
  keep: (test: string, seconds: number) => void,
): Promise<void> {
  if (tests.length === 0) return;
  const failed = new Set<string>();
  await runTests({
    folder,
    tests,
    all: true,
    limitSeconds: () => LIMIT_SECONDS,
    onEvent: (event) => {
      if (event.event === 'failed') failed.add(event.file);
      if (event.event === 'done' && !failed.has(event.file)) keep(event.file, event.seconds);
    },
  });
}
