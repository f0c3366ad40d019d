#!/usr/bin/env node
import { loadBundle } from './bundled.ts';
import { isUnbundled } from './unbundled-commands.ts';
import { missingFolder } from './working-folder.ts';

async function main(words: readonly string[]): Promise<number> {
  const missing = missingFolder(() => process.cwd());
  if (missing !== undefined) {
    process.stderr.write(missing);
    return 2;
  }
  // The command may stand behind its options: the bundle answers where no word names one that it does not have.
  const bundle = words.some(isUnbundled) ? undefined : loadBundle(new URL('../', import.meta.url));
  const { processIo, runCli } = bundle?.cli ?? (await import('./command-line.ts'));
  return runCli(words, processIo());
}

process.exitCode = await main(process.argv.slice(2));
