/** Runs test files of a copy of the project in a process of their own, so that a mutant that never ends can be ended. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { readEvent, type TestEvent } from './events.ts';

export type Outcome =
  | { readonly kind: 'failed'; readonly file: string; readonly test: string }
  | { readonly kind: 'timeout'; readonly file: string }
  /** The test that failed fails without any mutant too: nobody has judged. */
  | { readonly kind: 'broken'; readonly file: string }
  | { readonly kind: 'passed' };

export interface TestRun {
  /** Root of the copy. */
  readonly folder: string;
  /** In the order in which they run. */
  readonly tests: readonly string[];
  /** How long a test file may take; what takes longer counts as hanging. */
  limitSeconds(file: string): number;
  onEvent?(event: TestEvent): void;
}

/** Starting the tests costs some seconds before the first file begins. */
const START_SECONDS = 30;

const VITEST = 'node_modules/vitest/vitest.mjs';
const OPTIONS = [
  ...['--bail', '1'],
  '--config',
  'scripts/mutate/vitest-config.ts',
  '--reporter',
  './scripts/mutate/event-reporter.ts',
];

/** The groups of processes that run now; all of them end when the runner is interrupted. */
const running = new Set<number>();

export function endAll(): void {
  running.forEach(endGroup);
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

export function runTests(run: TestRun): Promise<Outcome> {
  const child = startVitest(run);
  const pid = child.pid!;
  running.add(pid);
  let [file, failure, isLate] = [run.tests[0], undefined as Outcome | undefined, false];
  const hang = () => {
    isLate = true;
    endGroup(pid);
  };
  let alarm = setTimeout(hang, 1000 * (START_SECONDS + run.limitSeconds(file)));
  createInterface(child.stdout).on('line', (line) => {
    const event = readEvent(line);
    if (event === undefined) return;
    run.onEvent?.(event);
    file = event.file;
    clearTimeout(alarm);
    alarm = setTimeout(hang, 1000 * run.limitSeconds(file));
    if (event.event === 'failed') failure ??= { kind: 'failed', file, test: event.test };
  });
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(alarm);
      endGroup(pid);
      running.delete(pid);
      if (failure === undefined && isLate) resolve({ kind: 'timeout', file });
      else
        resolve(
          failure ?? (code === 0 ? { kind: 'passed' } : { kind: 'failed', file, test: 'the process itself' }),
        );
    });
  });
}

function startVitest({ folder, tests }: TestRun): ChildProcessByStdio<null, Readable, null> {
  // Whole paths, as vitest takes a part of a path for all files that contain it.
  const paths = tests.map((test) => join(folder, test));
  return spawn(process.execPath, [VITEST, 'run', ...OPTIONS, ...paths], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, MUTATE_TESTS: tests.join(',') },
  });
}
