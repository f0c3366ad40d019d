/* The event engine beside others: a queue alone, and timers as processes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { EventQueue } from '../../src/engine/event-queue.ts';
import { PRIORITY } from '../../src/engine/priority.ts';
import { Simulation } from '../../src/engine/simulation.ts';
import type { ProcessBody } from '../../src/engine/waiting.ts';
import { seededIntegers } from '../../src/seeded-random.ts';
import { millions } from '../harness.ts';
import { peerPath, type Comparison, type Peer } from './race.ts';

const ROUNDS = 11;
const HOLDS = 2e6;
const EVENTS = 1e6;
const PROCESSES = 10;
const MASK = 2 ** 16 - 1;

const sources = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'inferscope-peers-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** What a program prints first on its last line: its own events per second. */
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

function program(
  name: string,
  path: string | undefined,
  args: readonly (string | number)[],
  bar: number,
): Peer {
  return { name, bar, run: () => (path === undefined ? undefined : rateOf(path, args)) };
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
  return timed(HOLDS, () => holdOn(queue, HOLDS));
}

/** Takes the earliest event out and puts one back, so many times. Its variables are its own, as those of the C++ peer are. */
function holdOn(queue: EventQueue, holds: number): number {
  let sum = 0;
  for (let at = 0; at < holds; at++) {
    sum += queue.pop(Infinity);
    queue.push(queue.poppedPs + INCREMENTS_PS[at & MASK], PRIORITY.normal);
  }
  return sum;
}

function timers(): number {
  const simulation = new Simulation();
  function* timer(periodPs: number): ProcessBody {
    for (let event = 0; event < EVENTS / PROCESSES; event++) yield periodPs;
  }
  for (let at = 0; at < PROCESSES; at++) simulation.spawn(() => timer(700_000 + 61_031 * at));
  return timed(EVENTS, () => simulation.run());
}

const shown = (perSecond: number): string => `${millions(perSecond)} M events/s`;

/** Comparisons of events; compiles the peers. */
export function eventComparisons(): Comparison[] {
  const queueProgram = compiled('hold.cpp');
  const systemc = compiled('systemc-timers.cpp', ['-lsystemc', '-lpthread']);
  const ns3 = compiled('ns3-timers.cpp', ['-lns3-core']);
  const simJs = peerPath('simjs');
  const holds = (
    [
      [10, 0.9],
      [1_000, 0.9],
      [100_000, 0.8],
    ] as const
  ).map(([pending, bar]) => ({
    work: `hold, ${pending} pending`,
    ours: () => hold(pending),
    peers: [program('C++ priority_queue, FIFO-stable', queueProgram, [pending, HOLDS], bar)],
  }));
  const processes = {
    work: `${PROCESSES} processes`,
    ours: timers,
    peers: [
      program('SystemC SC_THREAD', systemc, ['thread', PROCESSES, EVENTS], 2),
      program('SystemC SC_METHOD', systemc, ['method', PROCESSES, EVENTS], 1.1),
      program('ns-3', ns3, [PROCESSES, EVENTS], 1),
      program('SimPy', 'python3', [join(sources, 'simpy_timers.py'), PROCESSES, EVENTS / 10], 1),
      program(
        'sim.js',
        simJs && process.execPath,
        [join(sources, 'simjs-timers.mjs'), simJs ?? '', PROCESSES, EVENTS / 10],
        1,
      ),
    ],
  };
  // A model's queue was never one of 1e5 events before: what V8 learns of those slows down ten processes behind them.
  return [processes, ...holds].map((comparison) => ({ ...comparison, shown, rounds: ROUNDS }));
}
