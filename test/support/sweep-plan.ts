import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOARDS } from '../../src/boards/index.ts';
import { designSpace } from '../../src/sweep/study/design-space.ts';
import { planSweep, type SweepPlan } from '../../src/sweep/study/run-plan.ts';
import { readResults } from '../../src/sweep/store/read-results.ts';
import { numbersOf } from '../../src/sweep/study/batch.ts';

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

/** A plan of the paper's network on two boards: 8 points for each number of filters. */
export function smallPlan(filters: number, batchPoints: number, version = '0.1.0'): SweepPlan {
  const boards = BOARDS.slice(0, 2);
  const space = designSpace({
    model: { kind: 'spec', text: 'paper:{filters},k={kernel}' },
    axes: [
      { name: 'filters', values: upTo(filters) },
      { name: 'kernel', values: [1, 3, 5, 7] },
      { name: 'board', values: boards.map(({ id }) => id) },
    ],
  });
  return planSweep(space, boards, { version, batchPoints });
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'inferscope-sweep-'));
}

/** The indices of all points in a merged file, in its order. */
export async function readIndices(path: string): Promise<number[]> {
  const indices: number[] = [];
  for await (const results of readResults(path)) indices.push(...numbersOf(results, 'index'));
  return indices;
}

export function indicesOf({ points }: SweepPlan): number[] {
  return Array.from({ length: points }, (_, index) => index);
}

/** A generator of the same numbers in [0, 1) at each run (Park and Miller). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

export async function sameBytes(a: string, b: string): Promise<boolean> {
  return (await readFile(a)).equals(await readFile(b));
}
