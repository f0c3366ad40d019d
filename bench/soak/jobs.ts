import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/run-cli.ts';

/** What a round does, by its name: the words of a command. A folder takes what it writes. */
export const SOAK_JOBS: Readonly<Record<string, (folder: string) => readonly string[]>> = {
  predict: () => ['predict', 'paper:8', '-b', 'maixduino,openmv-h7-plus', '--json'],
  run: () => ['run', 'examples/models/digits-int8.tflite', '--input', 'examples/digits/7.png', '--json'],
  exec: () => [
    ...['exec', 'bench/soak/round.py', '-b', 'maixduino', '--flash', '0x300000=paper:2'],
    ...['--camera', 'examples/digits/7.png'],
  ],
  lua: (folder) => ['lua', 'bench/soak/round.lua', '--out', folder],
};

async function runQuietly(argv: readonly string[]): Promise<void> {
  let said = '';
  const code = await runCli(argv, {
    out: () => undefined,
    err: (text) => void (said += text),
    columns: 100,
    seconds: () => 0,
  });
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${said}`);
}

/** Runs a job so many times in this process; `afterRound` is waited for. Throws an Error where a command fails. */
export async function runSoakJob(
  name: string,
  rounds: number,
  afterRound: (round: number) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'inferscope-soak-'));
  try {
    for (let round = 1; round <= rounds; round++) {
      await runQuietly(SOAK_JOBS[name]!(folder));
      await afterRound(round);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
