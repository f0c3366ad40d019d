import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import type { Bar } from '../harness.ts';

/** Somebody who does the work once; gives how much of it a second, or undefined where it is not here. */
export interface Peer {
  readonly name: string;
  readonly run: () => number | undefined | Promise<number | undefined>;
  /** How many times as fast as this one ours must be; not judged without. */
  readonly bar?: number;
}

/** One kind of work, who does it besides us, and how its speed is written. */
export interface Comparison {
  readonly work: string;
  readonly ours: Peer['run'];
  readonly peers: readonly Peer[];
  readonly shown: (perSecond: number) => string;
  readonly rounds: number;
}

export const OURS = 'inferscope';

/** Where a package of npm is, in the folder that INFERSCOPE_PEERS names or among our own; undefined where in neither. */
export function peerPath(name: string): string | undefined {
  try {
    return createRequire(join(process.env.INFERSCOPE_PEERS ?? process.cwd(), 'package.json')).resolve(name);
  } catch {
    return undefined;
  }
}

/** What a package of npm exports; undefined where `peerPath` is. */
export async function importPeer<T>(name: string): Promise<T | undefined> {
  const path = peerPath(name);
  return path === undefined ? undefined : ((await import(pathToFileURL(path).href)) as T);
}

/** Best of the rounds of each, interleaved, so that a slow moment of the machine strikes all alike. */
async function race({ ours, peers, rounds }: Comparison): Promise<(number | undefined)[]> {
  const contenders = [ours, ...peers.map(({ run }) => run)];
  const best: (number | undefined)[] = contenders.map(() => undefined);
  for (let round = 0; round < rounds; round++) {
    for (const [at, run] of contenders.entries()) {
      if (round > 0 && best[at] === undefined) continue;
      const perSecond = await run();
      if (perSecond !== undefined) best[at] = Math.max(best[at] ?? 0, perSecond);
    }
  }
  return best;
}

/** Runs a comparison; rows of a Markdown table, and bars. Says who is not here. */
export async function compare(comparison: Comparison): Promise<{ rows: string[]; bars: Bar[] }> {
  const { work, peers, shown } = comparison;
  const [mine, ...theirs] = await race(comparison);
  const rows = [`| ${work} | ${OURS} | ${shown(mine!)} | |`];
  const bars: Bar[] = [];
  for (const [at, { name, bar }] of peers.entries()) {
    const rate = theirs[at];
    if (rate === undefined) {
      console.log(`skipped: ${name} is not installed here`);
      continue;
    }
    rows.push(`| | ${name} | ${shown(rate)} | ${(mine! / rate).toFixed(2)} |`);
    if (bar !== undefined)
      bars.push({ name: `${work}: ${OURS} over ${name}`, value: mine! / rate, bar, unit: 'x' });
  }
  return { rows, bars };
}
