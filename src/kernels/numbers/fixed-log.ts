import { oneOverOnePlus } from './fixed-point-functions.ts';
import { rdpot, saturatingShiftLeft, srdhm } from './fixed-point.ts';

// Q0.31.
const LOG_2 = 1488522236;
const ROOT_ROOT_HALF = 1805811301;
const ROOT_HALF = 1518500250;
// Coefficients of the rational approximation around the fourth root of a half.
const ALPHA_N = 117049297;
const ALPHA_D = 127690142;
const ALPHA_I = 1057819769;
const ALPHA_F = 638450708;

/** Integer bits of the powers of two while they are summed. */
const POWER_BITS = 6;
const QUARTER = rdpot(2 ** 29, POWER_BITS);

/** A power of two in Q6.25, moved by a quarter up or down. */
function power(exponent: number, quarters: 1 | -1): number {
  return (saturatingShiftLeft(exponent, 31 - POWER_BITS) + quarters * QUARTER) | 0;
}

/** ln of 2^exponent r for r in Q0.31 near the fourth root of a half: what r adds to the power, in Q6.25. */
function logNearOne(r: number): number {
  const total = r + ROOT_ROOT_HALF;
  const half = Math.trunc((total + (total >= 0 ? 1 : -1)) / 2);
  const q = ((r - ROOT_ROOT_HALF) * 2) | 0;
  const square = srdhm(q, q);
  const numerator = (srdhm(q, r) + srdhm(srdhm(q, square), ALPHA_N)) | 0;
  const inner = (ALPHA_I + q + srdhm(ALPHA_D, square)) | 0;
  const denominator = (srdhm(half, inner) + srdhm(ALPHA_F, q)) | 0;
  return srdhm(rdpot(numerator, POWER_BITS), oneOverOnePlus(denominator));
}

/**
 * ln(a) in Q5.26 of a number from 1 up with `integerBits` integer bits and the rest of 31 fractional (TFLite common.h,
 * log_x_for_x_greater_than_or_equal_to_1_impl): a is taken apart twice, with and without a factor sqrt(1/2).
 */
export function fixedLog(a: number, integerBits: number): number {
  const headroom = Math.clz32(a);
  const rA = saturatingShiftLeft(srdhm(saturatingShiftLeft(a, headroom - 1), ROOT_HALF), 1);
  const headroomB = Math.clz32(srdhm(a, ROOT_HALF)) - 1;
  const r = Math.min(rA, saturatingShiftLeft(a, headroomB));
  const exponent = Math.max(power(integerBits - headroom, 1), power(integerBits - headroomB, -1));
  return saturatingShiftLeft((srdhm(exponent, LOG_2) + logNearOne(r)) | 0, 1);
}
