// One job of the soak, in a process as users have it: the command line as it was built, and no loader of TypeScript, whose
// thread holds a compiler that takes and gives back 40 MB as it pleases.
//
// node --expose-gc job.mjs JOB ROUNDS LOOKS LEAK_BYTES: a line of JSON for each look at the memory.
import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runCli } from '../../dist/cli/run-cli.js';

const RSS_TRIES = 3;
const RSS_PAUSE_MS = 5;
const STDOUT = 1;

/** What a round does, by its name: the words of a command. A folder takes what it writes. */
const COMMANDS = {
  predict: () => ['predict', 'paper:8', '-b', 'maixduino,openmv-h7-plus', '--json'],
  run: () => ['run', 'examples/models/digits-int8.tflite', '--input', 'examples/digits/7.png', '--json'],
  exec: () => [
    ...['exec', 'bench/soak/round.py', '-b', 'maixduino', '--flash', '0x300000=paper:2'],
    ...['--camera', 'examples/digits/7.png'],
  ],
  lua: (folder) => ['lua', 'bench/soak/round.lua', '--out', folder],
};

async function runQuietly(argv) {
  let said = '';
  const io = { out: () => undefined, err: (text) => void (said += text), columns: 100, seconds: () => 0 };
  const code = await runCli(argv, io);
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${said}`);
}

/** Memory behind a collection; threads that end give theirs back a little later. */
async function look(round) {
  globalThis.gc();
  let rss = Infinity;
  for (let left = RSS_TRIES; left > 0; left--) {
    await pause(RSS_PAUSE_MS);
    rss = Math.min(rss, process.memoryUsage.rss());
  }
  return { round, heapKb: process.memoryUsage().heapUsed / 1e3, rssKb: rss / 1e3 };
}

async function soak(name, rounds, looks, leakBytes) {
  const folder = mkdtempSync(join(tmpdir(), 'inferscope-soak-'));
  const every = Math.max(1, Math.floor(rounds / looks));
  const leaked = [];
  try {
    for (let round = 1; round <= rounds; round++) {
      await runQuietly(COMMANDS[name](folder));
      if (leakBytes > 0) leaked.push(Buffer.allocUnsafeSlow(leakBytes).fill(1));
      if (round % every === 0) writeSync(STDOUT, `${JSON.stringify(await look(round))}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [name, ...numbers] = process.argv.slice(2);
await soak(name, ...numbers.map(Number));
