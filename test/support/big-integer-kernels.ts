// TFLite's integer arithmetic in integers without limit, written for being read: no tables, no tricks, no speed.

/** A real factor as (q, e), by the definition: q / 2^31 in [1/2, 1) is the factor over 2^e, halves away from zero. */
export function bigMultiplier(factor: number): { q: bigint; e: number } {
  if (factor === 0) return { q: 0n, e: 0 };
  let e = 0;
  let mantissa = factor;
  for (; mantissa >= 1; mantissa /= 2) e++;
  for (; mantissa < 0.5; mantissa *= 2) e--;
  let q = BigInt(Math.floor(mantissa * 2 ** 32) + 1) / 2n;
  if (q === 1n << 31n) [q, e] = [1n << 30n, e + 1];
  return e < -31 ? { q: 0n, e: 0 } : { q, e };
}

export function bigSrdhm(a: bigint, b: bigint): bigint {
  if (a === b && a === -(1n << 31n)) return (1n << 31n) - 1n;
  const product = a * b;
  const nudge = product >= 0n ? 1n << 30n : 1n - (1n << 30n);
  return (product + nudge) / (1n << 31n);
}

/** x / 2^r, halves away from zero. */
export function bigRdpot(x: bigint, r: bigint): bigint {
  if (r === 0n) return x;
  const magnitude = ((x < 0n ? -x : x) + (1n << (r - 1n))) >> r;
  return x < 0n ? -magnitude : magnitude;
}

/** x times the factor, in the two roundings of TFLite. */
export function bigScale(x: bigint, factor: number): bigint {
  const { q, e } = bigMultiplier(factor);
  const lifted = BigInt.asIntN(32, BigInt.asIntN(32, x) << BigInt(Math.max(e, 0)));
  return bigRdpot(bigSrdhm(lifted, q), BigInt(Math.max(-e, 0)));
}

/** x times the factor, as the kernels with 64-bit accumulators do: 15 bits of multiplier, one rounding. */
export function bigScaleWide(x: bigint, factor: number): bigint {
  const { q, e } = bigMultiplier(factor);
  const reduced = q < 0x7fff0000n ? (q + 0x8000n) >> 16n : 0x7fffn;
  const shift = BigInt(15 - e);
  return (x * reduced + (1n << (shift - 1n))) >> shift;
}

export function bigClamp(x: bigint, low: number, high: number): number {
  return Number(x < BigInt(low) ? BigInt(low) : x > BigInt(high) ? BigInt(high) : x);
}

const ONE = (1n << 31n) - 1n;

/** exp(a / 2^26) in Q0.31 for a <= 0, as docs/hardware/cortex-m7.md#softmax spells it out. */
export function bigExp(a: bigint): bigint {
  if (a === 0n) return ONE;
  const m = BigInt.asUintN(24, a) - (1n << 24n);
  const x = (m << 5n) + (1n << 28n);
  const x2 = bigSrdhm(x, x);
  const x3 = bigSrdhm(x2, x);
  const x4 = bigSrdhm(x2, x2);
  const u = bigRdpot(bigSrdhm(bigRdpot(x4, 2n) + x3, 715827883n) + x2, 1n);
  let y = 1895147668n + bigSrdhm(1895147668n, x + u);
  const factors = [1672461947n, 1302514674n, 790015084n, 290630308n, 39332535n, 720401n, 242n];
  factors.forEach((factor, bit) => {
    if (((m - a) >> BigInt(24 + bit)) & 1n) y = bigSrdhm(y, factor);
  });
  return y;
}

function saturate(x: bigint): bigint {
  return x > ONE ? ONE : x < -(1n << 31n) ? -(1n << 31n) : x;
}

/** 1 / (1 + a) in Q0.31. */
export function bigReciprocal(a: bigint): bigint {
  const half = (a + (1n << 31n)) / 2n;
  let x = 1515870810n + bigSrdhm(half, -1010580540n);
  for (let step = 0; step < 3; step++) {
    x += saturate(4n * bigSrdhm(x, (1n << 29n) - bigSrdhm(half, x)));
  }
  return saturate(2n * x);
}

/** Softmax of one row of int8 with int8 outputs. */
export function bigSoftmax(row: readonly number[], scale: number, beta: number): number[] {
  const { q, e } = bigMultiplier(Math.min(beta * scale * 2 ** 26, 2 ** 31 - 1));
  const lowest = -Math.floor((31 * 2 ** 26) / 2 ** e);
  const max = Math.max(...row);
  const exponentials = row.map((x) => bigExp(bigSrdhm(BigInt(x - max) << BigInt(e), q)));
  const isSummed = (at: number) => row[at] - max >= lowest;
  const sum = exponentials.reduce(
    (total, value, at) => (isSummed(at) ? total + bigRdpot(value, 12n) : total),
    0n,
  );
  const leadingZeros = 32 - sum.toString(2).length;
  const reciprocal = bigReciprocal((sum << BigInt(leadingZeros)) - (1n << 31n));
  return exponentials.map((value, at) => {
    if (!isSummed(at)) return -128;
    return bigClamp(bigRdpot(bigSrdhm(reciprocal, value), BigInt(12 - leadingZeros + 23)) - 128n, -128, 127);
  });
}
