import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  frexp,
  mbqm,
  mbqmWide,
  quantizeMultiplier,
  rdpot,
  saturatingShiftLeft,
  srdhm,
} from './fixed-point.ts';
import { roundHalfAway } from '../../numbers.ts';

const RUNS = 2000;
const int32 = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 0, -1, 1, 2 ** 30, -(2 ** 30), 2 ** 30 - 1, 65536, -65536, 32767),
);

/** gemmlowp's definition, word for word, in integers without limit. */
function slowSrdhm(a: number, b: number): number {
  if (a === b && a === -(2 ** 31)) return 2 ** 31 - 1;
  const product = BigInt(a) * BigInt(b);
  const nudge = product >= 0n ? 1n << 30n : 1n - (1n << 30n);
  return Number((product + nudge) / (1n << 31n));
}

function slowRdpot(x: number, exponent: number): number {
  const mask = (1n << BigInt(exponent)) - 1n;
  const remainder = BigInt(x) & mask;
  const threshold = (mask >> 1n) + (x < 0 ? 1n : 0n);
  return Number((BigInt(x) >> BigInt(exponent)) + (remainder > threshold ? 1n : 0n));
}

function slowMbqm(x: number, q: number, e: number): number {
  const shifted = Number(BigInt.asIntN(32, BigInt(x) << BigInt(Math.max(e, 0))));
  return slowRdpot(slowSrdhm(shifted, q), Math.max(-e, 0));
}

function slowMbqmWide(x: number, q: number, e: number): number {
  const reduced = q < 0x7fff0000 ? (BigInt(q) + 0x8000n) >> 16n : 0x7fffn;
  const shift = BigInt(15 - e);
  return Number((BigInt(x) * reduced + (1n << (shift - 1n))) >> shift);
}

const multiplier = fc.integer({ min: 2 ** 30, max: 2 ** 31 - 1 });

describe('fixed point arithmetic equals a model in unlimited integers', () => {
  test(`srdhm, ${RUNS} cases`, () => {
    fc.assert(
      fc.property(int32, int32, (a, b) => srdhm(a, b) === slowSrdhm(a, b)),
      { numRuns: RUNS, seed: 1 },
    );
  });

  test(`rdpot, ${RUNS} cases`, () => {
    const shift = fc.integer({ min: 0, max: 31 });
    fc.assert(
      fc.property(int32, shift, (x, r) => rdpot(x, r) === slowRdpot(x, r)),
      { numRuns: RUNS, seed: 2 },
    );
  });

  test(`mbqm, ${RUNS} cases`, () => {
    const shift = fc.integer({ min: -31, max: 30 });
    const holds = (x: number, q: number, e: number) => mbqm(x, q, e) === slowMbqm(x, q, e);
    fc.assert(fc.property(int32, multiplier, shift, holds), { numRuns: RUNS, seed: 3 });
  });

  test(`mbqm of wide accumulators, ${RUNS} cases`, () => {
    const wide = fc.integer({ min: -(2 ** 47), max: 2 ** 47 - 1 });
    const shift = fc.integer({ min: -31, max: 7 });
    const holds = (x: number, q: number, e: number) => {
      const exact = slowMbqmWide(x, q, e);
      fc.pre(Math.abs(exact) < 2 ** 31);
      return mbqmWide(x, q, e) === exact;
    };
    fc.assert(fc.property(wide, multiplier, shift, holds), { numRuns: RUNS, seed: 4 });
  });

  test(`saturating shift, ${RUNS} cases`, () => {
    const holds = (x: number, exponent: number) => {
      const exact = Number(BigInt(x) << BigInt(exponent));
      return saturatingShiftLeft(x, exponent) === Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, exact));
    };
    fc.assert(fc.property(int32, fc.integer({ min: 1, max: 30 }), holds), { numRuns: RUNS, seed: 5 });
  });
});

describe('a real factor in fixed point', () => {
  // Hand calculation: 1 = 0.5 x 2^1, 0.75 = 0.75 x 2^0, 0.1 = 0.8 x 2^-3.
  test.each([
    [0, 0, 0],
    [1, 2 ** 30, 1],
    [0.5, 2 ** 30, 0],
    [0.75, 3 * 2 ** 29, 0],
    [0.1, 1717986918, -3],
    [1 - 2 ** -40, 2 ** 30, 1],
    [2 ** -33, 0, 0],
    [-0.75, -3 * 2 ** 29, 0],
  ])('%f is %i and %i', (factor, q, e) => {
    expect(quantizeMultiplier(factor)).toEqual({ q, e });
  });

  test('frexp gives back the value for every power of two', () => {
    for (let power = -300; power < 300; power++) {
      expect(frexp(2 ** power)).toEqual({ mantissa: 0.5, exponent: power + 1 });
    }
  });

  test('halves round away from zero', () => {
    expect([0.5, -0.5, 1.4999, -2.5, 2.5].map(roundHalfAway)).toEqual([1, -1, 1, -3, 3]);
  });
});
