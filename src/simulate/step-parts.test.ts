import { expect, test } from 'vitest';
import { wordsOf } from './step-parts.ts';

test.each([
  ['copyOutCyclesPerByte', 'copy out'],
  ['forwardCallCycles', 'forward call'],
  ['submitCoreCycles', 'submit'],
  ['sram1 line fills', 'sram1 line fills'],
])('the part "%s" is read as "%s"', (name, words) => {
  expect(wordsOf(name)).toBe(words);
});
