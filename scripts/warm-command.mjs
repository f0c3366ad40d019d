// Runs commands from dist/command/cli.cjs, keeps what V8 has compiled for them, and prints the chunks that they asked for.
// What the commands print goes nowhere.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadBundle } from '../dist/cli/bundled.js';

const dist = new URL('../dist/', import.meta.url);
const DIGITS = fileURLToPath(new URL('../examples/models/digits-int8.tflite', import.meta.url));

/** What is asked most; a function that no line here calls is compiled when it is called. */
const LINES = [
  ['--help'],
  ['predict', 'paper:8', '--board', 'maixduino'],
  ['predict', DIGITS, '--board', 'openmv-h7-plus'],
  ['predict', DIGITS, '--board', 'maixduino', '--json'],
  ['explain', DIGITS, '--board', 'openmv-h7-plus'],
];

const { script, cli, askedChunks } = loadBundle(dist);
const io = {
  out: () => undefined,
  err: (text) => process.stderr.write(text),
  columns: 100,
  seconds: () => 0,
};
for (const line of LINES) {
  const code = await cli.runCli(line, io);
  if (code !== 0) throw new Error(`inferscope ${line.join(' ')} ended with ${code}`);
}
writeFileSync(fileURLToPath(new URL('command/cli.cache', dist)), script.createCachedData());
process.stdout.write(JSON.stringify(askedChunks()));
