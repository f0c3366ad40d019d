// A million design points of the paper's family to Parquet on two cores, each simulated by events, against the rate of
// re-running prepared schedules (bench predict) on the same machine at the same moment.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { BOARDS } from '../src/boards/index.ts';
import { collectInOwnThreads } from '../src/sweep/pool/collectors.ts';
import { planSweep } from '../src/sweep/study/run-plan.ts';
import { startSweepThread } from '../src/node/sweep-runner.ts';
import type { SweepService } from '../src/sweep/pool/service.ts';
import { createThreadRunner } from '../src/sweep/pool/thread-runner.ts';
import type { Thread } from '../src/sweep/pool/thread.ts';
import { sweep } from '../src/sweep/run-sweep.ts';
import { openStore, RESULTS_FILE } from '../src/sweep/store/store.ts';
import { cpuNs } from './cpu-time.ts';
import { judge, printTable } from './harness.ts';
import { measureIntervals, measureRates } from './sweep-rates.ts';
import { FAMILY, FEW_CLOCKS } from './sweep-spaces.ts';
import { measureStages, preparedRate } from './sweep-stages.ts';

const WORKERS = 2;
const MEMORY_MB = 1024;
const PLAN = planSweep(FAMILY, BOARDS, { version: 'bench' });
/**
 * Medians of so many sweeps, one and two workers in turn: two cores have a quiet moment together less often than one
 * alone, so that on a shared machine the best of each would compare different moments. Prepared schedules are taken at
 * their best, as `bench predict` takes them.
 */
const ROUNDS = 9;
const WARM_BATCHES = 24;

interface Run {
  readonly seconds: number;
  /** Processor time of all threads. */
  readonly cpuSeconds: number;
  readonly fileBytes: number;
}

/** A thread that has loaded and compiled its code, as `bench predict` warms up too, and that outlives its sweeps. */
async function startWarm(): Promise<Thread<SweepService>> {
  const thread = await startSweepThread();
  await thread.api.prepare(PLAN);
  for (let warm = 0; warm < WARM_BATCHES; warm++) {
    await thread.api.evaluate(Math.floor((warm * PLAN.batches) / WARM_BATCHES));
  }
  return { ...thread, close: () => undefined };
}

/** Seconds from the first batch to one merged file on the disk. */
async function runSweep(threads: readonly Thread<SweepService>[]): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'inferscope-sweep-'));
  const idle = [...threads];
  try {
    const start = process.hrtime.bigint();
    const cpuStart = cpuNs();
    const store = await openStore(folder, PLAN);
    const runner = createThreadRunner(threads.length, () => idle.pop()!);
    let points = 0;
    for await (const { donePoints } of sweep(PLAN, { store, runner })) points = donePoints;
    await store.merge();
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const cpuSeconds = (cpuNs() - cpuStart) / 1e9;
    if (points !== PLAN.points) throw new Error(`${points} of ${PLAN.points} points are there`);
    return { seconds, cpuSeconds, fileBytes: statSync(join(folder, RESULTS_FILE)).size };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The fastest first. */
function inOrder(all: readonly Run[]): Run[] {
  return [...all].sort((a, b) => a.seconds - b.seconds);
}

// As the command line does.
collectInOwnThreads();
const threads = await Promise.all(Array.from({ length: WORKERS }, startWarm));
const prepared: number[] = [];
const runs: [Run[], Run[]] = [[], []];
for (let round = 0; round < ROUNDS; round++) {
  prepared.push(preparedRate());
  // Threads compile their code apart, and the same work then takes one up to 5 % longer than the other: each is the one
  // worker in its turn, or that would count for the whole of a gain or against it.
  runs[0].push(await runSweep([threads[round % WORKERS]]));
  runs[1].push(await runSweep(threads));
}
const [one, two] = runs.map((all) => inOrder(all)[ROUNDS >> 1]) as [Run, Run];
const [bestOne, bestTwo] = runs.map((all) => inOrder(all)[0].seconds) as [number, number];
const rssMb = process.resourceUsage().maxRSS / 1024;

const predictRate = Math.max(...prepared);
const perCore = (run: Run, workers: number): number => PLAN.points / run.seconds / workers;
printTable(
  [
    'workers',
    'points',
    'seconds',
    'points/s',
    'points/s/core',
    'of the prepared rate',
    'processor us a point',
    'Parquet MB',
  ],
  [one, two].map((run, at) => [
    String(at + 1),
    PLAN.points.toLocaleString('en'),
    run.seconds.toFixed(2),
    Math.round(PLAN.points / run.seconds).toLocaleString('en'),
    Math.round(perCore(run, at + 1)).toLocaleString('en'),
    (perCore(run, at + 1) / predictRate).toFixed(2),
    ((run.cpuSeconds / PLAN.points) * 1e6).toFixed(2),
    (run.fileBytes / 1e6).toFixed(1),
  ]),
);
const secondsOf = (all: readonly Run[]): string => all.map(({ seconds }) => seconds.toFixed(2)).join(', ');
console.log(
  `medians of ${ROUNDS} rounds; seconds with 1 worker ${secondsOf(runs[0])}; with 2 ${secondsOf(runs[1])}`,
);
console.log(`the best of each, not judged: 2 workers over 1 ${(bestOne / bestTwo).toFixed(2)}x`);
console.log(
  `prepared schedules, both boards alike: ${Math.round(predictRate).toLocaleString('en')} inferences/s`,
);
for (const [name, space] of [['16 clocks', FAMILY] as const, ['two clocks', FEW_CLOCKS] as const]) {
  const stages = measureStages(space);
  console.log(`${name}, one thread, us a point:`);
  printTable(
    stages.map((stage) => stage.name),
    [stages.map(({ us }) => us.toFixed(2))],
  );
}
const rates = measureRates();
const intervals = measureIntervals();
judge([
  { name: 'points/s/core of prepared rate, 2 workers', value: perCore(two, WORKERS) / predictRate, bar: 0.4 },
  { name: '2 workers over 1', value: one.seconds / two.seconds, bar: 1.8, unit: 'x' },
  { name: 'peak memory, all threads', value: Math.round(rssMb), bar: MEMORY_MB, atMost: true, unit: ' MB' },
  ...rates,
  ...intervals,
]);
process.exit();
