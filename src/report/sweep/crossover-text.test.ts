import { describe, expect, test } from 'vitest';
import type { BoardComparison } from '../../sweep/answers/compare-boards.ts';
import type { Crossover } from '../../sweep/answers/find-crossovers.ts';
import { formatCrossovers } from './crossover-text.ts';

const BETWEEN = {
  ...{ before: 5, after: 6, from: 'slow', to: 'quick' },
  latencyMs: { slow: 2.5, quick: 2 },
};
const COMPARISON: BoardComparison = {
  ...{ fixed: { kernel: 3 }, axis: 'filters', boards: ['slow', 'quick'], leader: 'slow' },
  ...{ crossovers: [BETWEEN], compared: 10, ends: [1, 10], values: 10 },
};
const CROSSOVER: Crossover = { fixed: COMPARISON.fixed, axis: 'filters', ...BETWEEN };

/** The sentences without their line breaks. */
const tell = (comparisons: readonly BoardComparison[], crossovers: readonly Crossover[]): string[] =>
  formatCrossovers({ comparisons, crossovers }).map((text) => text.replace(/\s+/g, ' ').trim());

const NONE = { ...COMPARISON, crossovers: [] };

describe('a crossover', () => {
  test('names who is faster from where on first, and its latency first', () => {
    expect(tell([COMPARISON], [CROSSOVER])).toEqual([
      'quick overtakes slow between filters 5 and 6: 2 ms against 2.500 ms at 6.',
    ]);
  });

  test('says how sure it is, and why it is', () => {
    const intervalMs = { slow: { low: 2.25, high: 2.75 }, quick: { low: 1.5, high: 2.5 } };
    const told = { ...CROSSOVER, intervalMs, undecided: { from: 4, to: 8 }, causes: [], reason: 'it grows' };
    expect(tell([COMPARISON], [told])).toEqual([
      'quick overtakes slow between filters 5 and 6: 2 ms against 2.500 ms at 6 (90 %: 1.500 to 2.500 against 2.250 to ' +
        '2.750); the intervals overlap from filters 4 to 8; it grows.',
    ]);
  });

  test('an overlap at one value alone is no range', () => {
    const told = { ...CROSSOVER, undecided: { from: 6, to: 6 } };
    expect(tell([COMPARISON], [told])[0]).not.toContain('overlap');
  });
});

describe('boards that never cross', () => {
  test.each([
    ['one leads', {}, 'slow is the faster all along filters.'],
    ['they are equal', { leader: undefined }, 'the boards are equally fast all along filters.'],
    [
      'a sample has some values',
      { compared: 4, ends: [2, 9] },
      'slow is the faster at the 4 filters from 2 to 9 at which both run here.',
    ],
    [
      'or one',
      { compared: 1, ends: [2, 2] },
      'slow is the faster at filters 2, the only one at which both run here.',
    ],
    ['or none', { compared: 0 }, 'no filters here at which both boards run.'],
  ])('%s', (_, change, sentence) => {
    expect(tell([{ ...NONE, ...change } as BoardComparison], [])).toEqual([sentence]);
  });
});

test('only axes that vary are named, and comparisons without a crossover come last', () => {
  const at = (kernel: number, change: Partial<BoardComparison> = {}): BoardComparison => ({
    ...COMPARISON,
    fixed: { kernel, side: 14 },
    ...change,
  });
  const [without, crossing] = [at(1, { crossovers: [] }), at(3)];
  expect(tell([without, crossing], [{ ...CROSSOVER, fixed: crossing.fixed }])).toEqual([
    'kernel 3: quick overtakes slow between filters 5 and 6: 2 ms against 2.500 ms at 6.',
    'kernel 1: slow is the faster all along filters.',
  ]);
});

test('of many lines 12 are shown and the others counted', () => {
  const all = Array.from({ length: 15 }, (_, kernel) => ({ ...NONE, fixed: { kernel } }));
  const lines = tell(all, []);
  expect(lines).toHaveLength(13);
  expect(lines[12]).toBe('and 3 more lines (--json has every crossover)');
});
