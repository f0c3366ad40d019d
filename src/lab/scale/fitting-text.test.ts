import { expect, test } from 'vitest';
import { fittingText } from './fitting-text.ts';

test('a name is cut where its characters are wider than its place, capitals sooner than small letters', () => {
  expect(fittingText('allocate', 60)).toBe('allocate');
  expect(fittingText('ALLOCATE', 60)).toBe('ALLOCA\u2026');
  expect(fittingText('anything', 3)).toBe('a\u2026');
});
