/** Which mutants are tried: a share for each room, and inside of a room those whose seeded hash is lowest. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Mutant } from './mutant.ts';

export interface Room {
  readonly name: string;
  readonly lines: number;
  readonly mutants: readonly Mutant[];
}

/**
 * `count` mutants, in the order of files and lines. Depends on the sources and the seed alone. A mutant's rank comes from its
 * own text and the name of its file: other files may change, and folders may move, and most of the sample stays as it is.
 */
export function sampleMutants(rooms: readonly Room[], count: number, seed: number): Mutant[] {
  const known = rooms.map((room) => ({ ...room, mutants: onePerLine(rankMutants(room.mutants, seed)) }));
  const shares = shareOut(known, count);
  return known
    .flatMap(({ mutants }, index) => mutants.slice(0, shares[index]))
    .sort((a, b) => compareText(a.file, b.file) || a.start - b.start);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function rankMutants(mutants: readonly Mutant[], seed: number): Mutant[] {
  const seen = new Map<string, number>();
  const ranked = mutants.map((mutant) => {
    const { file, lineText, kind, from, to } = mutant;
    const name = [seed, posix.basename(file), lineText, kind, from, to].join('\n');
    const copy = seen.get(name) ?? 0;
    seen.set(name, copy + 1);
    return { mutant, rank: createHash('sha256').update(`${name}\n${copy}`).digest('hex') };
  });
  return ranked.sort((a, b) => compareText(a.rank, b.rank)).map(({ mutant }) => mutant);
}

/** The first mutant of each line: two changes of one line would ask the same tests the same question. */
function onePerLine(mutants: readonly Mutant[]): Mutant[] {
  const taken = new Set<string>();
  return mutants.filter(({ file, line }) => {
    const place = `${file}:${line}`;
    return !taken.has(place) && taken.add(place);
  });
}

/** How many mutants each room gives: at least one, the rest by its lines (largest remainder), never more than it has. */
export function shareOut(rooms: readonly Room[], count: number): number[] {
  const shares = rooms.map(() => 0);
  const byLines = rooms.map((_, index) => index).sort((a, b) => rooms[b].lines - rooms[a].lines);
  let left = count;
  const give = (index: number) => {
    if (left === 0 || shares[index] >= rooms[index].mutants.length) return;
    shares[index] += 1;
    left -= 1;
  };
  byLines.forEach(give);
  const owed = (index: number) => rooms[index].lines / (shares[index] + 0.5);
  while (left > 0) {
    const open = byLines.filter((index) => shares[index] < rooms[index].mutants.length);
    if (open.length === 0) break;
    give(open.reduce((best, index) => (owed(index) > owed(best) ? index : best)));
  }
  return shares;
}
