import { expect, test } from 'vitest';
import { identityOf } from '../measurements/row-identity.ts';
import { PUBLISHED_ROWS } from '../measurements/published-rows.ts';
import { readMeasuredRows } from '../population/measured-rows.ts';
import { clockSigma } from './change-doubt.ts';

/** What any other clock brings beside its ratio (simulate/setup.ts), and both ends of a normal distribution's 90 %. */
const ANY_CLOCK = 0.04;
const NORMAL_90 = 1.6449;

/** Boards of one core and like memories at two clocks: a chip at two voltages, or two chips of one maker. */
const PAIRS = [
  ['gap9-evk-0.65v', 'gap9-evk-0.80v'],
  ['ndp9120-0.9v', 'ndp9120-1.1v'],
  ['nucleo-u385rg-q', 'nucleo-u575zi-q'],
  ['stm32f746g-disco', 'nucleo-h7a3zi-q'],
  ['nucleo-h7a3zi-q', 'stm32h747i-disco'],
] as const;

const rows = readMeasuredRows(PUBLISHED_ROWS)
  .filter(({ op, latencyMs }) => op === 'model' && latencyMs > 0)
  .map((row) => ({ row, identity: identityOf(row) }));

type Row = (typeof rows)[number];

const releaseOf = ({ row, identity }: Row) =>
  [row.id.split('-')[0]!.slice(0, 6), row.model, identity.engine, identity.version, identity.variant].join(
    ' ',
  );

/** Times of one network on both boards of a pair, in cycles. */
const found = PAIRS.flatMap(([slow, fast]) =>
  rows
    .filter(({ identity }) => identity.board === slow)
    .flatMap((one) => {
      const other = rows.find((row) => row.identity.board === fast && releaseOf(row) === releaseOf(one));
      if (!other) return [];
      const cycles = ({ row }: Row) => row.latencyMs * row.clockMhz;
      const log = Math.log(cycles(other) / cycles(one));
      return [{ pair: `${slow} ${fast}`, log, ratio: other.row.clockMhz / one.row.clockMhz }];
    }),
);

/** The share that times of some pairs make most likely. */
function likelyShare(times: typeof found): number {
  const lack = (share: number) =>
    times.reduce((sum, { log, ratio }) => {
      const sigma = Math.hypot(ANY_CLOCK, clockSigma(ratio, share));
      return sum + (log / sigma) ** 2 / 2 + Math.log(sigma);
    }, 0);
  const shares = Array.from({ length: 40 }, (_, step) => (step + 1) / 200);
  return shares.reduce((a, b) => (lack(b) < lack(a) ? b : a));
}

test('published times at two clocks are as far apart in cycles as the other pairs say, most of them', () => {
  expect(found.length).toBeGreaterThanOrEqual(15);
  const held = found.filter(({ pair, log, ratio }) => {
    const share = likelyShare(found.filter((other) => other.pair !== pair));
    return Math.abs(log) <= NORMAL_90 * Math.hypot(ANY_CLOCK, clockSigma(ratio, share));
  });
  expect(likelyShare(found)).toBeCloseTo(0.07, 3);
  expect(held.length / found.length).toBeGreaterThanOrEqual(0.85);
});

test('a faster core is doubted without an end, a slower one up to what waits', () => {
  const doubts = [1 / 1000, 1 / 12, 1 / 2, 1, 2, 12].map((ratio) => clockSigma(ratio));
  expect(doubts[3]).toBe(0);
  expect(doubts[0]).toBeLessThan(0.08);
  expect(doubts.slice(0, 4)).toEqual(doubts.slice(0, 4).toSorted((a, b) => b - a));
  expect(doubts[5]).toBeGreaterThan(5 * doubts[4]!);
});
