import { expect, test } from 'vitest';
import { HardwareTimer } from './hardware-timer.ts';

const THREE_STEPS = { steps: 3, clockHz: 13e6, isOneShot: false };

test('a timer that nobody started never expires', () => {
  expect(new HardwareTimer(() => undefined).nextPs).toBe(Infinity);
});

test('expiries are counted from its start, so that steps of 76.923... ns do not drift', () => {
  const timer = new HardwareTimer(() => undefined);
  timer.start(1000, THREE_STEPS);
  const found = Array.from({ length: 13 }, () => {
    const at = timer.nextPs;
    timer.happen();
    return at;
  });
  // 13 times 3 steps of 1/13 us are 3 us.
  expect([found[0], found.at(-1)]).toEqual([1000 + 230_769, 1000 + 3_000_000]);
});

test('one shot is one: it tells, and stops before it tells', () => {
  const seen: number[] = [];
  const timer = new HardwareTimer((): unknown => seen.push(timer.nextPs));
  timer.start(0, { ...THREE_STEPS, isOneShot: true });
  timer.happen();
  expect([seen, timer.nextPs]).toEqual([[Infinity], Infinity]);
});

test('expiries that nobody would notice are counted at once, those from the free instant on are told again', () => {
  const told: string[] = [];
  const timer = new HardwareTimer(
    () => told.push('one') < 2,
    (missed) => told.push(`${missed} more`),
  );
  timer.start(0, { steps: 1, clockHz: 1e6, isOneShot: false });
  timer.happen(() => 10e6);
  timer.happen(() => 10e6);
  expect([told, timer.nextPs]).toEqual([['one', 'one', '7 more'], 10e6]);
});
