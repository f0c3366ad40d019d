import { expect, test } from 'vitest';
import { seededIntegers } from '../../seeded-random.ts';
import { placeByComparing, placeGreedily, placeInTree, type Blocks } from './greedy-placement.ts';

/** Blocks of a few sizes that live for a short or long while; some have no bytes, some a given offset. */
function drawBlocks(seed: number): Blocks {
  const random = seededIntegers(seed);
  const below = (limit: number) => random() % limit;
  const steps = 1 + below(40);
  const spans = Array.from({ length: 1 + below(120) }, () => {
    const firstStep = below(steps) - 2;
    return { firstStep, lastStep: firstStep + below(1 + below(steps)) };
  });
  const bytes = spans.map(() => 16 * below(1 + below(30)));
  const given = bytes.map((count) => (count > 0 && below(8) === 0 ? 16 * below(50) : undefined));
  const order = [...spans.keys()].sort((a, b) => bytes[b]! - bytes[a]! || b - a);
  return { spans, bytes, order, ...(seed % 2 === 0 && { given }) };
}

test('a tree over the steps finds the places that comparing all blocks finds', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const blocks = drawBlocks(seed);
    expect(placeInTree(blocks), `seed ${seed}`).toEqual(placeByComparing(blocks));
  }
});

test('a block goes to the lowest gap that is free for all of its steps', () => {
  const spans = [
    { firstStep: 0, lastStep: 3 },
    { firstStep: 0, lastStep: 1 },
    { firstStep: 2, lastStep: 3 },
    { firstStep: 1, lastStep: 2 },
  ];
  const blocks = { spans, bytes: [64, 32, 16, 16], order: [0, 1, 2, 3] };
  expect(placeByComparing(blocks)).toEqual({ totalBytes: 112, offsets: [0, 64, 64, 96] });
  expect(placeInTree(blocks)).toEqual({ totalBytes: 112, offsets: [0, 64, 64, 96] });
});

test('a block with a given offset stays there, and others fill the gaps around it', () => {
  const spans = Array.from({ length: 3 }, () => ({ firstStep: 0, lastStep: 0 }));
  const blocks = { spans, bytes: [16, 64, 32], order: [0, 1, 2], given: [32, undefined, undefined] };
  expect(placeByComparing(blocks)).toEqual({ totalBytes: 112, offsets: [32, 48, 0] });
});

test('thousands of blocks that are all alive lie one above the other', () => {
  const spans = Array.from({ length: 5000 }, () => ({ firstStep: 0, lastStep: 4999 }));
  const bytes = spans.map(() => 16);
  const { totalBytes, offsets } = placeGreedily({ spans, bytes, order: [...spans.keys()] });
  expect(totalBytes).toBe(16 * 5000);
  expect(new Set(offsets).size).toBe(5000);
});
