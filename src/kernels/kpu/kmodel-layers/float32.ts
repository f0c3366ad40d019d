const { fround, floor, abs } = Math;

/** a * b + c rounded once, as the fused multiply-add of an RV64 core: also where rounding the double again would differ. */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  const rounded = fround(sum);
  const rest = sum - rounded;
  if (rest === 0) return rounded;
  const other = sum + rest;
  if (fround(other) !== other) return rounded;
  return breakTie(product, c, { sum, rounded, other });
}

/** The double lies half way between two floats: what the sum lost decides. */
function breakTie(
  product: number,
  c: number,
  { sum, rounded, other }: { readonly sum: number; readonly rounded: number; readonly other: number },
): number {
  const part = sum - product;
  const lost = product - (sum - part) + (c - part);
  if (lost === 0) return rounded;
  return lost > 0 === other > rounded ? other : rounded;
}

/** roundf and the conversion to a byte: half away from zero, 0..255; the core converts NaN to its largest integer. */
export function byteOf(value: number): number {
  if (Number.isNaN(value)) return 255;
  const rounded = floor(abs(value) + 0.5);
  return value < 0 ? 0 : rounded > 255 ? 255 : rounded;
}
