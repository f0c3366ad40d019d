// Whether a process that goes on for days keeps what it has done with: npm run bench -- soak [ROUNDS] [JOB..] [leak]
//
// Each job has a process of its own, one after the other, 5,000 rounds each unless told. It is a process of users: what was
// built, no loader, the allocator and the collector as Node has them. Memory is looked at behind a collection, two hundred
// times; bench/soak/growth.ts says how growth is told from looks. With `leak` each round keeps 2 kB outside of the heap: the
// bars of RSS are red then, or they would not see a real one.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { judge, printTable, type Bar } from './harness.ts';
import { growthOf, type Look } from './soak/growth.ts';

const JOBS = ['predict', 'run', 'exec', 'lua'];
const ROUNDS = 5000;
const LOOKS = 200;
const BAR_KB = 1;
const LEAK = 'leak';
const LEAK_BYTES = 2000;

/** Runs a job in a process of its own, and tells now and then how far it is. */
async function looksOf(name: string, rounds: number, leakBytes: number): Promise<Look[]> {
  const looks: Look[] = [];
  const start = performance.now();
  const script = fileURLToPath(new URL('./soak/job.mjs', import.meta.url));
  const words = [name, rounds, LOOKS, leakBytes].map(String);
  const child = spawn(process.execPath, ['--expose-gc', script, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  for await (const line of createInterface(child.stdout)) {
    const look = JSON.parse(line) as Look;
    looks.push(look);
    if (looks.length % (LOOKS / 10) > 0) continue;
    const [seconds, heap, rss] = [(performance.now() - start) / 1e3, look.heapKb / 1e3, look.rssKb / 1e3];
    const memory = `heap ${heap.toFixed(1)} MB, RSS ${rss.toFixed(1)} MB`;
    console.log(`${name}: ${look.round} of ${rounds} rounds, ${seconds.toFixed(0)} s, ${memory}`);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return looks;
}

const words = process.argv.slice(2);
const rounds = Number(words.find((word) => /^\d+$/.test(word)) ?? ROUNDS);
const asked = words.filter((word) => JOBS.includes(word));
const leakBytes = words.includes(LEAK) ? LEAK_BYTES : 0;
const bars: Bar[] = [];
const rows: string[][] = [];
for (const name of asked.length > 0 ? asked : JOBS) {
  const looks = await looksOf(name, rounds, leakBytes);
  const heap = growthOf(looks, ({ heapKb }) => heapKb);
  const rss = growthOf(looks, ({ rssKb }) => rssKb);
  const figures = [heap.kbPerRound.toFixed(2), rss.kbPerRound.toFixed(2), (rss.grownKb / 1e3).toFixed(1)];
  rows.push([name, `${rounds}`, ...figures]);
  bars.push(
    { name: `${name}: heap, kB a round`, value: heap.kbPerRound, bar: BAR_KB, atMost: true },
    { name: `${name}: RSS, kB a round`, value: rss.kbPerRound, bar: BAR_KB, atMost: true },
  );
}
printTable(['job', 'rounds', 'heap kB/round', 'RSS kB/round', 'RSS MB in the second half'], rows);
judge(bars);
