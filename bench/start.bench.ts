// Start-up: what a user waits for `inferscope predict paper:8 --board maixduino`, and what who imports the library pays for a first
// prediction: processor time in Node, bytes in a page.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { judge, medianOf, printTable } from './harness.ts';
import { buildPage, compressedBytes } from './page-bytes.ts';

const ROUNDS = 21;
const BARS = { command: 3, file: 4, library: 2.5, pageKilobytes: 60 };
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const FILE = fileURLToPath(new URL('../examples/models/digits-int8.tflite', import.meta.url));
/** It lies beside the package, which finds itself by its name. */
const PAGE = fileURLToPath(new URL('boards-by-id.ts', import.meta.url));

/** Each process says at its end what processor time it has taken, in microseconds of all its threads. */
const TELL = 'const { user, system } = process.cpuUsage(); process.stdout.write(`${user + system}`);';
const EMPTY = ['-e', '0'];
const PREDICT = [MAIN, 'predict', 'paper:8', '--board', 'maixduino'];
const PREDICT_FILE = [MAIN, 'predict', FILE, '--board', 'openmv-h7-plus'];
const EMPTY_TELLING = ['-e', TELL];
// A package finds itself by its name, as it is found where it is installed.
const LIBRARY_TELLING = [
  '--input-type=module',
  '-e',
  `import { maixduino, paperCnn, predict } from 'inferscope'; predict(paperCnn({ filters: 4 }), maixduino); ${TELL}`,
];

if (!existsSync(MAIN)) throw new Error('dist/cli/main.js is missing; run npm run build first');

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: ROOT });
  if (status === 0) return stdout;
  throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
}

/** Milliseconds from the start of a process to its end. */
function wallMs(args: readonly string[]): number {
  const start = process.hrtime.bigint();
  run(args);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const cpuMs = (args: readonly string[]): number => Number(run(args)) / 1000;

const CASES = [
  { name: 'node -e 0, from start to end', measure: () => wallMs(EMPTY) },
  { name: 'inferscope predict paper:8, likewise', measure: () => wallMs(PREDICT) },
  { name: 'inferscope predict digits-int8.tflite, likewise', measure: () => wallMs(PREDICT_FILE) },
  { name: 'node -e 0, processor time', measure: () => cpuMs(EMPTY_TELLING) },
  { name: 'import and one predict, likewise', measure: () => cpuMs(LIBRARY_TELLING) },
];

// Interleaved, so that a slow moment of the machine strikes all alike; one run of each to warm the file cache.
const found = CASES.map((): number[] => []);
for (let round = 0; round <= ROUNDS; round++) {
  const ms = CASES.map(({ measure }) => measure());
  if (round > 0) ms.forEach((value, at) => found[at].push(value));
}
printTable(
  ['process', 'median ms', 'fastest ms'],
  CASES.map(({ name }, at) => [name, medianOf(found[at]).toFixed(1), Math.min(...found[at]).toFixed(1)]),
);
const [emptyMs, predictMs, fileMs, emptyCpuMs, libraryCpuMs] = found.map(medianOf);
const atMost = true;
judge([
  { name: 'start of predict', value: predictMs / emptyMs, bar: BARS.command, atMost, unit: 'x node -e 0' },
  {
    ...{ name: 'start of predict with a .tflite', value: fileMs / emptyMs },
    ...{ bar: BARS.file, atMost, unit: 'x node -e 0' },
  },
  {
    ...{ name: 'import and one predict', value: libraryCpuMs / emptyCpuMs },
    ...{ bar: BARS.library, atMost, unit: 'x node -e 0' },
  },
  {
    ...{
      name: 'a page with predict, paperCnn, boardById',
      value: compressedBytes(await buildPage(PAGE)) / 1000,
    },
    ...{ bar: BARS.pageKilobytes, atMost, unit: ' kB gz' },
  },
]);
