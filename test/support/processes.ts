import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const alive = new Set<ChildProcess>();

/** A process of a test; `endProcesses` ends it at the latest. */
export interface TestProcess {
  readonly pid: number;
  /** All that it has printed, both streams. */
  text(): string;
  /** Settles when it has printed this; rejects when it ends without. */
  printed(pattern: RegExp): Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly text: string }>;
  kill(signal?: NodeJS.Signals): void;
  isRunning(): boolean;
}

export function startProcess(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): TestProcess {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  alive.add(child);
  let text = '';
  const watchers = new Set<() => void>();
  const hear = (data: Buffer) => {
    text += data.toString();
    for (const look of watchers) look();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<{ code: number | null; text: string }>((resolve) => {
    child.once('close', (code) => {
      alive.delete(child);
      resolve({ code, text });
    });
  });
  return {
    pid: child.pid!,
    text: () => text,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(text)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        void ended.then(() => reject(new Error(`ended without ${String(pattern)}: ${text}`)));
        look();
      }),
    ended,
    kill: (signal = 'SIGKILL') => void child.kill(signal),
    isRunning: () => child.exitCode === null && child.signalCode === null,
  };
}

/** Starts a TypeScript file of this repository, a path from its root. */
export function startScript(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): TestProcess {
  const [start, file] = ['test/support/start-script.mjs', path].map((name) =>
    fileURLToPath(new URL(`../../${name}`, import.meta.url)),
  );
  return startProcess(process.execPath, [start!, file!, ...args], env);
}

/** Ends what a test has left running. */
export async function endProcesses(): Promise<void> {
  const ends = [...alive].map(
    (child) =>
      new Promise<void>((resolve) => {
        child.once('close', () => resolve());
        child.kill('SIGKILL');
      }),
  );
  await Promise.all(ends);
}
