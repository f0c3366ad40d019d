#!/usr/bin/env node
import { loadBundle } from './bundled.ts';
import { isUnbundled } from './unbundled-commands.ts';

const words = process.argv.slice(2);
// The command may stand behind its options: the bundle answers where no word names one that it does not have.
const bundle = words.some(isUnbundled) ? undefined : loadBundle(new URL('../', import.meta.url));
const { processIo, runCli } = bundle?.cli ?? (await import('./command-line.ts'));
process.exitCode = await runCli(words, processIo());
