/** Arithmetic of a core's single-precision unit. */
export const f32 = Math.fround;

/** fast_roundf of imlib: to the nearest whole number, halves to the even one. */
export function roundEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  if (rest !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}
