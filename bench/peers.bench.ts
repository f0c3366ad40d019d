// The event engine beside others, all in one run, and a whole process beside Vela: npm run bench -- peers
//
// Peers are built where a compiler and their libraries are (Debian: g++, libsystemc-dev, libns3-dev; PyPI: simpy==4.1.2,
// ethos-u-vela; npm: simjs) and skipped with a word where not. The table goes into docs/peers.md.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventQueue } from '../src/engine/event-queue.ts';
import { PRIORITY } from '../src/engine/priority.ts';
import { Simulation } from '../src/engine/simulation.ts';
import type { ProcessBody } from '../src/engine/waiting.ts';
import { seededIntegers } from '../src/seeded-random.ts';
import { judge, millions, type Bar } from './harness.ts';

const ROUNDS = 7;
const HOLDS = 2e6;
const EVENTS = 1e6;
const PROCESSES = 10;
const MASK = 2 ** 16 - 1;

const sources = fileURLToPath(new URL('peers/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'inferscope-peers-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A way to do the work once; gives events per second, or undefined where it is not here. */
interface Peer {
  readonly name: string;
  readonly run: () => number | undefined;
}

/** What a program prints first: its own events per second. */
function rateOf(command: string, args: readonly (string | number)[]): number | undefined {
  const { status, stdout } = spawnSync(command, args.map(String), { encoding: 'utf8' });
  return status === 0 ? Number.parseFloat(stdout.trim().split('\n').at(-1)!) : undefined;
}

/** Compiles a peer; without its library or a compiler it is not here. */
function compiled(source: string, libraries: readonly string[] = []): string | undefined {
  const out = join(folder, source.replace('.cpp', ''));
  const args = ['-O3', '-march=native', '-std=c++17', join(sources, source), '-o', out, ...libraries];
  return spawnSync('g++', args).status === 0 ? out : undefined;
}

function program(name: string, path: string | undefined, args: readonly (string | number)[]): Peer {
  return { name, run: () => (path === undefined ? undefined : rateOf(path, args)) };
}

const random = seededIntegers(7);
const INCREMENTS_PS = Int32Array.from({ length: MASK + 1 }, () =>
  Math.ceil(-Math.log((random() + 1) / 2 ** 30) * 1e6),
);

/** Events per second of what `work` does `events` of. */
function timed(events: number, work: () => number): number {
  const start = process.hrtime.bigint();
  const result = work();
  const perSecond = (events / Number(process.hrtime.bigint() - start)) * 1e9;
  if (Number.isNaN(result)) throw new Error('a contender returned no number');
  return perSecond;
}

function hold(pending: number): number {
  const queue = new EventQueue();
  for (let event = 0; event < pending; event++) queue.push(INCREMENTS_PS[event & MASK], PRIORITY.normal);
  return timed(HOLDS, () => {
    let sum = 0;
    for (let at = 0; at < HOLDS; at++) {
      sum += queue.pop(Infinity);
      queue.push(queue.poppedPs + INCREMENTS_PS[at & MASK], PRIORITY.normal);
    }
    return sum;
  });
}

function timers(): number {
  const simulation = new Simulation();
  function* timer(periodPs: number): ProcessBody {
    for (let event = 0; event < EVENTS / PROCESSES; event++) yield periodPs;
  }
  for (let at = 0; at < PROCESSES; at++) simulation.spawn(() => timer(700_000 + 61_031 * at));
  return timed(EVENTS, () => simulation.run());
}

/** Best of the rounds of each, interleaved, so that a slow moment of the machine strikes all alike. */
function race(contenders: readonly Peer[]): (number | undefined)[] {
  const best: (number | undefined)[] = contenders.map(() => undefined);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, { run }] of contenders.entries()) {
      const perSecond = run();
      if (perSecond !== undefined) best[at] = Math.max(best[at] ?? 0, perSecond);
    }
  }
  return best;
}

interface Comparison {
  readonly work: string;
  readonly ours: () => number;
  readonly peers: readonly (Peer & { readonly bar: number })[];
}

const queueProgram = compiled('hold.cpp');
const systemc = compiled('systemc-timers.cpp', ['-lsystemc', '-lpthread']);
const ns3 = compiled('ns3-timers.cpp', ['-lns3.37-core']);
const python = {
  name: 'SimPy',
  run: () => rateOf('python3', [join(sources, 'simpy_timers.py'), PROCESSES, EVENTS / 10]),
};

const COMPARISONS: readonly Comparison[] = [
  ...(
    [
      [10, 0.9],
      [1_000, 0.9],
      [100_000, 0.8],
    ] as const
  ).map(([pending, bar]) => ({
    work: `hold, ${pending} pending`,
    ours: () => hold(pending),
    peers: [{ ...program('C++ priority_queue, FIFO-stable', queueProgram, [pending, HOLDS]), bar }],
  })),
  {
    work: `${PROCESSES} processes`,
    ours: timers,
    peers: [
      { ...program('SystemC SC_THREAD', systemc, ['thread', PROCESSES, EVENTS]), bar: 2 },
      { ...program('SystemC SC_METHOD', systemc, ['method', PROCESSES, EVENTS]), bar: 1.1 },
      { ...program('ns-3', ns3, [PROCESSES, EVENTS]), bar: 1 },
      { ...python, bar: 1 },
    ],
  },
];

const bars: Bar[] = [];
const rows: string[] = [];
for (const { work, ours, peers } of COMPARISONS) {
  const [mine, ...theirs] = race([{ name: 'inferscope', run: ours }, ...peers]);
  rows.push(`| ${work} | inferscope | ${millions(mine!)} | |`);
  for (const [at, { name, bar }] of peers.entries()) {
    const rate = theirs[at];
    if (rate === undefined) {
      console.log(`skipped: ${name} is not installed here`);
      continue;
    }
    rows.push(`| | ${name} | ${millions(rate)} | ${(mine! / rate).toFixed(2)} |`);
    bars.push({ name: `${work}: inferscope over ${name}`, value: mine! / rate, bar, unit: 'x' });
  }
}
const table = [
  '| work | who | M events/s | inferscope is faster by |',
  '|---|---|---|---|',
  ...rows,
  '',
].join('\n');
console.log(table);
judge(bars);
if (process.argv.includes('--write')) {
  writeFileSync(
    new URL('../docs/peers.md', import.meta.url),
    `# Beside other simulators\n\nMade by \`npm run bench -- peers --write\` on one core of the machine that it ran on; best of ${ROUNDS} interleaved rounds.\n\n${table}`,
  );
}
