// Whether a process that goes on for days keeps what it has done with: npm run bench -- soak [ROUNDS]
//
// Commands run in this process one after the other, a quarter of the rounds each; memory is looked at after a collection,
// and the slopes are those of a straight line through what was seen behind the first fifth, which fills caches.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../src/cli/run-cli.ts';
import { judge, printTable, type Bar } from './harness.ts';

const [rounds = 5000] = process.argv.slice(2).map(Number);
const SAMPLES = 50;
const WARM_UP = 0.2;
const BAR_KB = 1;

const folder = mkdtempSync(join(tmpdir(), 'inferscope-soak-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const JOBS: Readonly<Record<string, readonly string[]>> = {
  predict: ['predict', 'paper:8', '-b', 'maixduino,openmv-h7-plus', '--json'],
  run: ['run', 'examples/models/digits-int8.tflite', '--input', 'examples/digits/7.png', '--json'],
  exec: [
    ...['exec', 'examples/firmware/maixduino.py', '-b', 'maixduino', '--flash', '0x300000=paper:2'],
    ...['--camera', 'examples/digits', '--pulses', '3'],
  ],
  lua: ['lua', 'examples/lua/accelerator.lua', 'paper:4', '--out', folder],
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

/** Slope of a straight line through points, by least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return covariance / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

async function soak(argv: readonly string[], count: number) {
  const heapKb: [number, number][] = [];
  const rssKb: [number, number][] = [];
  const every = Math.max(1, Math.floor(count / SAMPLES));
  for (let round = 1; round <= count; round++) {
    await runQuietly(argv);
    if (round % every !== 0 || round < WARM_UP * count) continue;
    globalThis.gc!();
    const { heapUsed, rss } = process.memoryUsage();
    heapKb.push([round, heapUsed / 1e3]);
    rssKb.push([round, rss / 1e3]);
  }
  return { heap: slopeOf(heapKb), rss: slopeOf(rssKb), lastRssMb: rssKb.at(-1)![1] / 1e3 };
}

const perJob = Math.ceil(rounds / Object.keys(JOBS).length);
const promises: Bar[] = [];
const rows: string[][] = [];
for (const [name, argv] of Object.entries(JOBS)) {
  const { heap, rss, lastRssMb } = await soak(argv, perJob);
  rows.push([name, `${perJob}`, heap.toFixed(2), rss.toFixed(2), lastRssMb.toFixed(0)]);
  console.log(`${name}: ${perJob} rounds done, heap ${heap.toFixed(2)} kB a round, RSS ${rss.toFixed(2)} kB`);
  promises.push(
    { name: `${name}: heap, kB a round`, value: heap, bar: BAR_KB, atMost: true },
    { name: `${name}: RSS, kB a round`, value: rss, bar: BAR_KB, atMost: true },
  );
}
printTable(['job', 'rounds', 'heap kB/round', 'RSS kB/round', 'RSS MB at the end'], rows);
judge(promises);
