import { expect, test } from 'vitest';
import { BusyTime } from './busy-time.ts';

/** Busy time by looks 100 ms apart, where the process got so many µs before each of them. */
function looksMs(usedUs: readonly number[]): number[] {
  let total = 5_000_000;
  const busy = new BusyTime(() => ({ user: total / 2, system: total / 2 }));
  return usedUs.map((us) => {
    total += us;
    return busy.lookMs(100);
  });
}

test('a thread that has the processor to itself is busy all the time', () => {
  expect(looksMs([100_000, 100_000])).toEqual([100, 100]);
});

test('one that waits for its turn is busy as long as the process got the processor', () => {
  expect(looksMs([0, 30_000, 100_000])).toEqual([0, 30, 100]);
});

test('threads beside it add no more than the time that passed', () => {
  expect(looksMs([400_000])).toEqual([100]);
});
