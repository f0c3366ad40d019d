/* The event engine beside others: a queue alone, and timers as processes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { millions } from '../harness.ts';
import { peerPath, type Comparison, type Peer } from './race.ts';

const ROUNDS = 11;
const HOLDS = 2e6;
const EVENTS = 1e6;
const PROCESSES = 10;

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

/** One of ours, in a process of its own as its peers are: what V8 compiles first, and so its speed, is another each time. */
function ours(...args: readonly (string | number)[]): number | undefined {
  return rateOf(process.execPath, [...process.execArgv, join(sources, 'our-events.ts'), ...args]);
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
    ours: () => ours('hold', pending, HOLDS),
    peers: [program('C++ priority_queue, FIFO-stable', queueProgram, [pending, HOLDS], bar)],
  }));
  const processes = {
    work: `${PROCESSES} processes`,
    ours: () => ours('timers', PROCESSES, EVENTS),
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
  return [processes, ...holds].map((comparison) => ({ ...comparison, shown, rounds: ROUNDS }));
}
