import { roundHalfAway } from '../../numbers.ts';

/** A real factor as q * 2^(e - 31) with 2^30 <= |q| < 2^31, or (0, 0). */
export interface QuantizedMultiplier {
  readonly q: number;
  readonly e: number;
}

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

/** Mantissa in [0.5, 1) with the sign of the value, and its exponent, as C's frexp; (0, 0) for 0. */
export function frexp(value: number): { mantissa: number; exponent: number } {
  if (value === 0) return { mantissa: 0, exponent: 0 };
  let exponent = Math.ceil(Math.log2(Math.abs(value))) + 0;
  let mantissa = value / 2 ** exponent;
  for (; Math.abs(mantissa) >= 1; mantissa /= 2) exponent++;
  for (; Math.abs(mantissa) < 0.5; mantissa *= 2) exponent--;
  return { mantissa, exponent };
}

/** A finite factor in fixed point; factors below 2^-32 become 0 (TFLite quantization_util.cc, QuantizeMultiplier). */
export function quantizeMultiplier(factor: number): QuantizedMultiplier {
  const { mantissa, exponent } = frexp(factor);
  const q = roundHalfAway(mantissa * 2 ** 31);
  if (Math.abs(q) === 2 ** 31) return limitShift(q / 2, exponent + 1);
  return limitShift(q, exponent);
}

function limitShift(q: number, e: number): QuantizedMultiplier {
  return e < -31 ? { q: 0, e: 0 } : { q, e };
}

/**
 * Saturating rounding doubling high multiply of two int32: (a b + 2^30) >> 31, 2^31 - 1 for both -2^31. gemmlowp's
 * division toward zero with a nudge by sign gives the same: halves round up. The product of up to 62 bits is taken
 * in two parts that doubles hold exactly.
 */
export function srdhm(a: number, b: number): number {
  if (a === INT32_MIN && b === INT32_MIN) return INT32_MAX;
  const low = Math.floor((a * (b & 0xffff) + 0x40000000) * 2 ** -16);
  return Math.floor((a * (b >> 16) + low) * 2 ** -15) | 0;
}

/** Rounding division of an int32 by 2^exponent, 0..31, halves away from zero (gemmlowp RoundingDivideByPOT). */
export function rdpot(x: number, exponent: number): number {
  const mask = ((1 << exponent) - 1) | 0;
  const threshold = (mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> exponent) + ((x & mask) > threshold ? 1 : 0);
}

/** x * 2^shift of an int32, wrapped to 32 bits. */
export function shiftLeft(x: number, shift: number): number {
  return shift > 31 ? 0 : x << shift;
}

/** int32 times a quantized multiplier with two roundings (TFLite common.cc, MultiplyByQuantizedMultiplier). */
export function mbqm(x: number, q: number, e: number): number {
  return e > 0 ? srdhm(shiftLeft(x, e), q) : rdpot(srdhm(x, q), -e);
}

/**
 * The same for accumulators of up to 48 bits (the int64 overload, which the 16-bit kernels use): the multiplier is cut
 * to 15 bits, one rounding, halves up. Needs q >= 0, -31 <= e < 8 and a result that fits into 32 bits, as TFLite does.
 */
export function mbqmWide(x: number, q: number, e: number): number {
  const reduced = q < 0x7fff0000 ? (q + 0x8000) >> 16 : 0x7fff;
  const shift = 15 - e;
  const high = Math.floor(x * 2 ** -24);
  const low = (x - high * 2 ** 24) * reduced + 2 ** (shift - 1);
  const carry = Math.floor(low * 2 ** -24);
  const top = high * reduced + carry;
  if (shift >= 24) return Math.floor(top / 2 ** (shift - 24)) | 0;
  return (top * 2 ** (24 - shift) + Math.floor((low - carry * 2 ** 24) / 2 ** shift)) | 0;
}

/** int32 times 2^exponent, 1..30, saturating (gemmlowp SaturatingRoundingMultiplyByPOT). */
export function saturatingShiftLeft(x: number, exponent: number): number {
  const threshold = 2 ** (31 - exponent) - 1;
  if (x > threshold) return INT32_MAX;
  return x < -threshold ? INT32_MIN : x << exponent;
}

/** Integer quotient toward zero, as C divides. */
export function divideTowardZero(a: number, b: number): number {
  return Math.trunc(a / b);
}
