import process from 'node:process';
import Table from 'cli-table3';

/** One way to do the work: runs `count` units and returns a number that depends on all of them, so none is optimised away. */
export interface Contender {
  readonly name: string;
  readonly run: (count: number) => number | Promise<number>;
}

export interface Figure {
  readonly name: string;
  /** Best of the rounds. */
  readonly perSecond: number;
}

/** What a bench promises: `value` must be at least (or, with `atMost`, at most) `bar`. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly bar: number;
  readonly atMost?: boolean;
  /** Written behind both numbers. */
  readonly unit?: string;
}

/** What the benches computed, so that the compiler must compute it; printed at the end. */
let sink = 0;

/**
 * Units per second of each contender: interleaved, so that a slow moment of the machine strikes all alike, and the best
 * of `rounds`, so that it strikes none. A warm-up of a tenth of the work comes first.
 */
export async function compareSpeeds(
  contenders: readonly Contender[],
  count: number,
  rounds = 5,
): Promise<Figure[]> {
  const best = contenders.map(() => 0);
  for (const { run } of contenders) sink += await run(Math.ceil(count / 10));
  for (let round = 0; round < rounds; round++) {
    for (const [at, { run }] of contenders.entries()) {
      best[at] = Math.max(best[at], await measure(run, count));
    }
  }
  return contenders.map(({ name }, at) => ({ name, perSecond: best[at] }));
}

/** Bytes by which the heap grew between two states, both after full collections. Needs --expose-gc. */
export function heapGrowthBytes(between: () => number): number {
  const before = settledHeapBytes();
  sink += between();
  return settledHeapBytes() - before;
}

export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  table.push(...rows.map((row) => [...row]));
  console.log(table.toString());
}

/** The middle one of values, of an even number the larger of the two. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** Prints a PASS or FAIL line for each bar; the exit code becomes 1 when one fails. */
export function judge(bars: readonly Bar[]): void {
  for (const { name, value, bar, atMost = false, unit = '' } of bars) {
    const pass = atMost ? value <= bar : value >= bar;
    console.log(
      `${pass ? 'PASS' : 'FAIL'}  ${name}: ${trim(value)}${unit} (bar ${atMost ? '<=' : '>='} ${trim(bar)}${unit})`,
    );
    if (!pass) process.exitCode = 1;
  }
  if (Number.isNaN(sink)) throw new Error('a contender returned no number');
}

export function millions(perSecond: number): string {
  return (perSecond / 1e6).toFixed(perSecond < 1e7 ? 2 : 1);
}

async function measure(run: Contender['run'], count: number): Promise<number> {
  const start = process.hrtime.bigint();
  sink += await run(count);
  return (count / Number(process.hrtime.bigint() - start)) * 1e9;
}

function settledHeapBytes(): number {
  if (globalThis.gc === undefined) throw new Error('run with node --expose-gc (npm run bench does)');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function trim(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
