import { expect, test } from 'vitest';
import { GuestWatch, type GuestSigns } from './guest-watch.ts';

/** Seconds of processor time until a guest is ended which shows the same from then on; and why. */
function endOf(signs: Partial<GuestSigns>): [seconds: number, why: string | undefined] {
  const watch = new GuestWatch();
  const shown = { beats: 7, isInBoard: false, isInterrupted: false, ...signs };
  watch.look(shown, 100);
  for (let look = 1; look <= 1000; look++) {
    const why = watch.look(shown, 100);
    if (why !== undefined) return [look / 10, why];
  }
  return [Infinity, undefined];
}

test.each<[string, Partial<GuestSigns>, number, string]>([
  ['in one operation of MicroPython', {}, 1, 'inside one operation of MicroPython'],
  ['in one call of the board', { isInBoard: true }, 30, 'one call of the board took more than 30 s'],
  [
    'in a call, and is to end',
    { isInBoard: true, isInterrupted: true },
    2,
    'what the run gave so far is lost',
  ],
])('a guest that stays %s is ended', (_, signs, seconds, why) => {
  const [afterSeconds, said] = endOf(signs);
  expect(afterSeconds).toBe(seconds);
  expect(said).toContain(why);
});

test('a guest that has not begun is not ended', () => {
  expect(endOf({ beats: 0 })).toEqual([Infinity, undefined]);
});

test('a heartbeat begins the count anew', () => {
  const watch = new GuestWatch();
  for (let beats = 1; beats < 100; beats++) {
    for (let look = 0; look < 9; look++)
      expect(watch.look({ beats, isInBoard: false, isInterrupted: false }, 100)).toBeUndefined();
  }
});
