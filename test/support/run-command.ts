import type { ExitCode } from '../../src/cli/command.ts';
import { runCli } from '../../src/cli/run-cli.ts';

export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process and captures what it prints. */
export async function runCommand(...argv: string[]): Promise<Outcome> {
  let [out, err, seconds] = ['', '', 0];
  const code = await runCli(argv, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    columns: 100,
    seconds: () => seconds++,
  });
  return { code, out, err };
}

/** The document that a command prints with --json. */
export async function runJson<T = Record<string, unknown>>(...argv: string[]): Promise<T> {
  const { code, out, err } = await runCommand(...argv, '--json');
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as T;
}
