import { expect, test } from 'vitest';
import { seededIntegers, seededWords } from './seeded-random.ts';

const take = (draw: () => number) => Array.from({ length: 4 }, draw);

// mulberry32 as published, worked out in 64-bit integers of another language.
const WORDS: [seed: number, words: number[]][] = [
  [0, [1144304738, 1416247, 958946056, 627933444]],
  [1, [2693262067, 11749833, 2265367787, 4213581821]],
  [42, [2581720956, 1925393290, 3661312704, 2876485805]],
  [-1, [3850105811, 813802916, 3073704848, 4054706436]],
];

test.each(WORDS)('seed %i gives the words of mulberry32', (seed, words) => {
  expect(take(seededWords(seed))).toEqual(words);
});

test.each(WORDS)('seed %i gives integers that are its words without the last two bits', (seed, words) => {
  expect(take(seededIntegers(seed))).toEqual(words.map((word) => Math.floor(word / 4)));
});
