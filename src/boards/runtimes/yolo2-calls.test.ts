import { expect, test } from 'vitest';
import { YOLO2_CALLS } from './yolo2-calls.ts';

test.each(Object.entries(YOLO2_CALLS))('%s: its value is the sum that its source spells out', (_, call) => {
  const parts = [...call.source.matchAll(/(\d+) [a-z ]+ of (\d+)/g)];
  expect(parts.length).toBeGreaterThan(0);
  expect(call.value).toBe(parts.reduce((sum, [, count, cycles]) => sum + Number(count) * Number(cycles), 0));
});
