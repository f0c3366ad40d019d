import { expect, test } from 'vitest';
import { Starvation } from './starvation.ts';

/** How many calls of so many ps, with so many in between, go well, of 200,000. */
function callsOf(callPs: number, gapPs: number): number {
  const starvation = new Starvation();
  for (let call = 0, ps = 0; call < 200_000; call++, ps += callPs + gapPs)
    if (starvation.isReached(ps, ps + callPs)) return call;
  return Infinity;
}

test.each([
  ['without an instant between them', 0, 50_000],
  ['with a hundredth of their time between them', 10, 50_000],
  ['with a fifth of their time between them', 200, Infinity],
  ['with as much between them', 1000, Infinity],
])('calls for interrupts %s: %i ps to 1000, %f of them', (_, gapPs, calls) => {
  expect(callsOf(1000, gapPs)).toBe(calls);
});

test('a storm that ends in time is forgotten', () => {
  const starvation = new Starvation();
  let ps = 0;
  const storm = () => Array.from({ length: 40_000 }, () => starvation.isReached(ps, (ps += 10)));
  expect(storm()).not.toContain(true);
  ps += 1e6;
  expect(storm()).not.toContain(true);
  expect(storm()).toContain(true);
});
