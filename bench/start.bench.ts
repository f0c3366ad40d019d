// Start-up: what a user waits for `inferscope predict paper:8 --board maixduino`, against an empty node process.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { judge, printTable } from './harness.ts';

const ROUNDS = 21;
const BAR = 6;
const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const EMPTY = ['-e', '0'];
const PREDICT = [MAIN, 'predict', 'paper:8', '--board', 'maixduino'];

if (!existsSync(MAIN)) throw new Error('dist/cli/main.js is missing; run npm run build first');

/** Milliseconds from the start of a process to its end. */
function runMs(args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

// Interleaved, so that a slow moment of the machine strikes both alike; one run of each to warm the file cache.
const empty: number[] = [];
const predict: number[] = [];
for (let round = 0; round <= ROUNDS; round++) {
  const [emptyMs, predictMs] = [runMs(EMPTY), runMs(PREDICT)];
  if (round > 0) {
    empty.push(emptyMs);
    predict.push(predictMs);
  }
}
const [emptyMs, predictMs] = [median(empty), median(predict)];
printTable(
  ['process', 'median ms', 'fastest ms'],
  [
    ['node -e 0', emptyMs.toFixed(1), Math.min(...empty).toFixed(1)],
    ['inferscope predict paper:8', predictMs.toFixed(1), Math.min(...predict).toFixed(1)],
  ],
);
judge([
  { name: 'start of predict', value: predictMs / emptyMs, bar: BAR, atMost: true, unit: 'x node -e 0' },
]);
