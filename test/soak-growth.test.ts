import { expect, test } from 'vitest';
import { growthOf, type Look } from '../bench/soak/growth.ts';
import { seededIntegers } from '../src/seeded-random.ts';

const ROUNDS = 5000;
const EVERY = 25;
const BAR_KB = 1;
/** Free memory that is taken and given back: 40 MB within 180 rounds, and 3 MB from look to look. */
const TOOTH = { rounds: 180, kb: 40_000 };
const NOISE_KB = 3000;
/** Caches and compiled code fill up: 30 MB, a third of them in 300 rounds. */
const WARM = { rounds: 700, kb: 30_000 };

/** Looks at a process that keeps so much a round. */
function looksAt(keptKb: number): Look[] {
  const draw = seededIntegers(11);
  return Array.from({ length: ROUNDS / EVERY }, (_, at) => {
    const round = (at + 1) * EVERY;
    const tooth = ((round % TOOTH.rounds) / TOOTH.rounds) * TOOTH.kb;
    const warm = WARM.kb * (1 - Math.exp(-round / WARM.rounds));
    const free = warm + tooth + (draw() / 2 ** 30) * NOISE_KB;
    return { round, heapKb: 12_000 + keptKb * round, rssKb: 90_000 + free + keptKb * round };
  });
}

const rss = (keptKb: number): number => growthOf(looksAt(keptKb), ({ rssKb }) => rssKb).kbPerRound;

test('a process that keeps nothing is below the bar, however its memory moves to and fro', () => {
  expect(Math.abs(rss(0))).toBeLessThan(BAR_KB);
});

test('2 kB a round that are kept are above the bar, below a saw of 40 MB', () => {
  expect(rss(2)).toBeGreaterThan(BAR_KB);
  expect(rss(2)).toBeLessThan(3);
});

test('a heap that grows by 3 kB a round grows by 3 kB a round', () => {
  expect(growthOf(looksAt(3), ({ heapKb }) => heapKb).kbPerRound).toBeCloseTo(3, 6);
});

test('what is told of the second half is its own, not that of the first', () => {
  const looks = looksAt(0).map((look) => ({ ...look, heapKb: Math.min(look.round, ROUNDS / 2) * 5 }));
  expect(growthOf(looks, ({ heapKb }) => heapKb)).toEqual({ kbPerRound: 0, grownKb: 0 });
});
