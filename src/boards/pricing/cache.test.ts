import { expect, test } from 'vitest';
import type { Cache } from '../board/board.ts';
import { emptyCache, estimateLineFills, type ResolvedStream } from './cache.ts';

/** 512 lines. */
const CACHE: Cache = { bytes: 16384, ways: 4, lineBytes: 32, replacement: 'random', source: 'toy' };

function once(
  operand: ResolvedStream['operand'],
  lines: number,
  access: ResolvedStream['access'] = 'read',
): ResolvedStream {
  return { operand, access, memory: operand, bytes: 32 * lines, passes: 1 };
}

test('a step fills each line that it reads once, and of free lines so many are left', () => {
  const { memories, carry } = estimateLineFills(
    [once('input', 100), once('weights', 50)],
    CACHE,
    emptyCache(CACHE),
  );
  expect(memories).toEqual([
    { memory: 'input', fills: 100, stalls: 100 },
    { memory: 'weights', fills: 50, stalls: 50 },
  ]);
  expect(carry).toEqual({ evictions: 0, outputBytes: 0, freeLines: 512 - 150 });
});

test('what no free line takes evicts: 600 lines into 512 are 88 evictions, and none is free', () => {
  const { carry } = estimateLineFills([once('input', 600)], CACHE, emptyCache(CACHE));
  expect(carry).toEqual({ evictions: 88, outputBytes: 0, freeLines: 0 });
});

test('the next step reads what was just written without fills while nothing was evicted', () => {
  const written = estimateLineFills([once('output', 10, 'write')], CACHE, emptyCache(CACHE));
  expect(written.carry).toEqual({ evictions: 0, outputBytes: 320, freeLines: 502 });
  const { memories } = estimateLineFills([once('input', 10)], CACHE, written.carry);
  expect(memories).toEqual([{ memory: 'input', fills: 0, stalls: 0 }]);
});

test('stores are filled too, and waited for unless the cache says that they are not', () => {
  const stores = [once('output', 10, 'write')];
  const fillsOf = (cache: Cache) => estimateLineFills(stores, cache, emptyCache(cache)).memories;
  expect(fillsOf(CACHE)).toEqual([{ memory: 'output', fills: 10, stalls: 10 }]);
  expect(fillsOf({ ...CACHE, writeMissesStall: false })).toEqual([
    { memory: 'output', fills: 10, stalls: undefined },
  ]);
});
