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

const pairs = PAIRS.flatMap(([slow, fast]) =>
  rows
    .filter(({ identity }) => identity.board === slow)
    .flatMap((one) => {
      const other = rows.find((row) => row.identity.board === fast && releaseOf(row) === releaseOf(one));
      return other ? [{ one, other }] : [];
    }),
);

const off = pairs.map(({ one, other }) => {
  const cycles = ({ row }: Row) => row.latencyMs * row.clockMhz;
  const ratio = other.row.clockMhz / one.row.clockMhz;
  const half = NORMAL_90 * Math.hypot(ANY_CLOCK, clockSigma(ratio));
  return { log: Math.abs(Math.log(cycles(other) / cycles(one))), half };
});

test('published times at two clocks are as far apart in cycles as it is said, 85 to 96 % of them', () => {
  expect(off.length).toBeGreaterThanOrEqual(15);
  const held = off.filter(({ log, half }) => log <= half).length / off.length;
  expect(held).toBeGreaterThanOrEqual(0.85);
  expect(held).toBeLessThanOrEqual(0.96);
});

test('a faster core is doubted without an end, a slower one up to what waits', () => {
  const doubts = [1 / 1000, 1 / 12, 1 / 2, 1, 2, 12].map(clockSigma);
  expect(doubts[3]).toBe(0);
  expect(doubts[0]).toBeLessThan(0.08);
  expect(doubts.slice(0, 4)).toEqual(doubts.slice(0, 4).toSorted((a, b) => b - a));
  expect(doubts[5]).toBeGreaterThan(5 * doubts[4]!);
});
