// Whether a process that goes on for days keeps what it has done with: npm run bench -- soak [ROUNDS] [JOB..]
//
// Each job has a process of its own, one after the other, 5,000 rounds each unless told. Memory is looked at behind a collection,
// two hundred times. The first half fills caches, compiled code and the allocator's free lists; the second half is cut into
// tenths, and of each the least counts: what is kept lies under all looks. Through these ten goes a straight line, by the median
// of the slopes between all pairs (Theil and Sen). Collections in threads, and an allocator that keeps what is freed, move RSS by
// 20 MB to and fro: both are off.
import { fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { judge, medianOf, printTable, type Bar } from './harness.ts';
import { runSoakJob, SOAK_JOBS } from './soak/jobs.ts';

interface Look {
  readonly round: number;
  readonly heapKb: number;
  readonly rssKb: number;
}

const LOOKS = 200;
const WARM_UP = 0.5;
const FLOORS = 10;
const BAR_KB = 1;
const RSS_TRIES = 3;
const RSS_PAUSE_MS = 5;
const CHILD = '--job';

/** glibc's malloc (mallopt(3)) keeps what is freed for later; so little that what is left is what the program keeps. */
const GIVES_BACK = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '65536',
  MALLOC_MMAP_THRESHOLD_: '65536',
};

const isChild = process.argv[2] === CHILD;

async function look(round: number): Promise<Look> {
  globalThis.gc!();
  let rss = Infinity;
  for (let left = RSS_TRIES; left > 0; left--) {
    await pause(RSS_PAUSE_MS);
    rss = Math.min(rss, process.memoryUsage.rss());
  }
  return { round, heapKb: process.memoryUsage().heapUsed / 1e3, rssKb: rss / 1e3 };
}

async function soak(name: string, rounds: number): Promise<void> {
  const every = Math.max(1, Math.floor(rounds / LOOKS));
  await runSoakJob(name, rounds, async (round) => {
    if (round % every === 0) process.send!(await look(round));
  });
  process.disconnect!();
}

/** The least of each tenth of the looks. */
function floorsOf(looks: readonly Look[], bytesOf: (look: Look) => number): [round: number, kb: number][] {
  const many = Math.max(1, Math.floor(looks.length / FLOORS));
  return Array.from({ length: Math.floor(looks.length / many) }, (_, at) => {
    const group = looks.slice(at * many, (at + 1) * many);
    const least = group.reduce((best, one) => (bytesOf(one) < bytesOf(best) ? one : best));
    return [least.round, bytesOf(least)];
  });
}

/** The median of the slopes between all pairs of points. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes = points.flatMap(([x, y], at) => points.slice(at + 1).map(([x1, y1]) => (y1 - y) / (x1 - x)));
  return medianOf(slopes);
}

/** Runs a job in a process of its own, and tells now and then how far it is. */
async function looksOf(name: string, rounds: number): Promise<Look[]> {
  const looks: Look[] = [];
  const start = performance.now();
  const child = fork(fileURLToPath(import.meta.url), [CHILD, name, `${rounds}`], {
    execArgv: [...process.execArgv, '--single-threaded-gc'],
    env: { ...process.env, ...GIVES_BACK },
  });
  child.on('message', (message) => {
    const { round, heapKb, rssKb } = message as Look;
    looks.push({ round, heapKb, rssKb });
    if (looks.length % (LOOKS / 10) > 0) return;
    const [seconds, heap, rss] = [(performance.now() - start) / 1e3, heapKb / 1e3, rssKb / 1e3];
    const memory = `heap ${heap.toFixed(1)} MB, RSS ${rss.toFixed(1)} MB`;
    console.log(`${name}: ${round} of ${rounds} rounds, ${seconds.toFixed(0)} s, ${memory}`);
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return looks.filter(({ round }) => round > WARM_UP * rounds);
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const rounds = Number(words.find((word) => /^\d+$/.test(word)) ?? 5000);
  const asked = words.filter((word) => Object.hasOwn(SOAK_JOBS, word));
  const bars: Bar[] = [];
  const rows: string[][] = [];
  for (const name of asked.length > 0 ? asked : Object.keys(SOAK_JOBS)) {
    const looks = await looksOf(name, rounds);
    const heap = slopeOf(floorsOf(looks, ({ heapKb }) => heapKb));
    const floors = floorsOf(looks, ({ rssKb }) => rssKb);
    const rss = slopeOf(floors);
    const grown = (floors.at(-1)![1] - floors[0]![1]) / 1e3;
    rows.push([name, `${rounds}`, heap.toFixed(2), rss.toFixed(2), grown.toFixed(1)]);
    bars.push(
      { name: `${name}: heap, kB a round`, value: heap, bar: BAR_KB, atMost: true },
      { name: `${name}: RSS, kB a round`, value: rss, bar: BAR_KB, atMost: true },
    );
  }
  printTable(['job', 'rounds', 'heap kB/round', 'RSS kB/round', 'RSS MB in the second half'], rows);
  judge(bars);
}

if (isChild) await soak(process.argv[3]!, Number(process.argv[4]));
else await main();
