import { rdpot, saturatingShiftLeft, srdhm } from './fixed-point.ts';

/** Raw value of one in Q0.31: the largest int32. */
const ONE = 2 ** 31 - 1;
const EXP_MINUS_EIGHTH = 1895147668;
const ONE_THIRD = 715827883;
/** exp(-2^k) in Q0.31 for k = -2..4. */
const EXP_FACTORS = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242];
const FORTY_EIGHT_17THS = 1515870810;
const MINUS_THIRTY_TWO_17THS = -1010580540;

/** exp(a) in Q0.31 for a in Q0.31 in [-1/4, 0): a Taylor polynomial around -1/8. */
function expNearZero(a: number): number {
  const x = (a + (1 << 28)) | 0;
  const x2 = srdhm(x, x);
  const x3 = srdhm(x2, x);
  const x4 = srdhm(x2, x2);
  const tail = rdpot((srdhm((rdpot(x4, 2) + x3) | 0, ONE_THIRD) + x2) | 0, 1);
  return (EXP_MINUS_EIGHTH + srdhm(EXP_MINUS_EIGHTH, (x + tail) | 0)) | 0;
}

/**
 * exp(a) in Q0.31 for a <= 0 with `integerBits` (4 or 5) integer bits and the rest of 31 fractional
 * (gemmlowp fixedpoint.h, exp_on_negative_values).
 */
export function expOnNegativeValues(a: number, integerBits: number): number {
  if (a === 0) return ONE;
  const fractionBits = 31 - integerBits;
  const quarter = 1 << (fractionBits - 2);
  const reduced = (a & (quarter - 1)) - quarter;
  const remainder = (reduced - a) | 0;
  let result = expNearZero(reduced << integerBits);
  for (let bit = 0; bit < integerBits + 2; bit++) {
    if (remainder & (1 << (fractionBits - 2 + bit))) result = srdhm(result, EXP_FACTORS[bit]);
  }
  return result;
}

/** 2 / (1 + a) in Q2.29 for a in Q0.31 in (0, 1): three Newton-Raphson steps on half the denominator. */
function halfDenominatorReciprocal(a: number): number {
  const half = Math.floor((a + ONE + 1) / 2);
  let x = (FORTY_EIGHT_17THS + srdhm(half, MINUS_THIRTY_TWO_17THS)) | 0;
  for (let step = 0; step < 3; step++) {
    const rest = (1 << 29) - srdhm(half, x);
    x = (x + saturatingShiftLeft(srdhm(x, rest), 2)) | 0;
  }
  return x;
}

/** 1 / (1 + a) in Q0.31 for a in Q0.31 in (0, 1). */
export function oneOverOnePlus(a: number): number {
  return saturatingShiftLeft(halfDenominatorReciprocal(a), 1);
}

/** 1 / (1 + exp(-a)) in Q0.31 for a in Q4.27 (gemmlowp logistic). */
export function fixedLogistic(a: number): number {
  if (a === 0) return 1 << 30;
  const positive = oneOverOnePlus(expOnNegativeValues(-Math.abs(a), 4));
  return a > 0 ? positive : ONE - positive;
}

/** tanh(a) in Q0.31 for a in Q4.27 (gemmlowp tanh): (1 - exp(-2a)) / (1 + exp(-2a)). */
export function fixedTanh(a: number): number {
  if (a === 0) return 0;
  // 2a in Q5.26 has the raw value of a in Q4.27.
  const x = halfDenominatorReciprocal(expOnNegativeValues(-Math.abs(a), 5));
  const magnitude = saturatingShiftLeft((x - (1 << 29)) | 0, 2);
  return a > 0 ? magnitude : -magnitude;
}
