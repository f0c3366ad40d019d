import { expect, test } from 'vitest';
import { inWords, kpuParts, wordsOf } from './step-parts.ts';

test.each([
  ['copyOutCyclesPerByte', 'copy out'],
  ['forwardCallCycles', 'forward call'],
  ['submitCoreCycles', 'submit'],
  ['sram1 line fills', 'sram1 line fills'],
])('the part "%s" is read as "%s"', (name, words) => {
  expect(wordsOf(name)).toBe(words);
});

test('the span of a KPU layer is its parts in cycles of the core; waiting for weights is part of their fetch', () => {
  // At 400 MHz a cycle is 2,500 ps.
  const spans = { submitPs: 25e3, fetchPs: 5e3, computePs: 75e3, stallPs: 10e3, interruptPs: 50e3 };
  expect(kpuParts(spans, 400e6)).toEqual([
    { name: 'submit', coreCycles: 10 },
    { name: 'parameter fetch', coreCycles: 6 },
    { name: 'kpu compute', coreCycles: 30 },
    { name: 'interrupt', coreCycles: 20 },
  ]);
});

test('parts keep their cycles when they are named in words', () => {
  expect(inWords([{ name: 'copyOutCyclesPerByte', coreCycles: 7 }])).toEqual([
    { name: 'copy out', coreCycles: 7 },
  ]);
});
