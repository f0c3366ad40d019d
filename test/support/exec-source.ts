import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

/** `inferscope exec` of a script given as text, main.py, on a Maixduino. */
export async function execSource(source: string, ...options: string[]): ReturnType<typeof runCommand> {
  const path = join(mkdtempSync(join(tmpdir(), 'inferscope-exec-')), 'main.py');
  writeFileSync(path, source);
  return runCommand('exec', path, '--board', 'maixduino', ...options);
}
