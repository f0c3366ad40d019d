import { expect, test } from 'vitest';
import { formatSeconds } from './progress.ts';

test.each([
  [8, '8s'],
  [312, '5m12s'],
  [3600, '1h00m'],
  [91_200, '25h20m'],
  [1_389_600, '16 days'],
  ['INF', 'over 115 days'],
  ['NULL', '?'],
])('%s seconds are %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});
