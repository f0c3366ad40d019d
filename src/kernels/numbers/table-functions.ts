import { SIGMOID_TABLE } from './sigmoid-table.ts';

/** What brings 16-bit inputs to 1 / (3 x 4096) a step, the table's scale. */
export interface TableScale {
  readonly factor: number;
  /** To the right, rounding halves up. */
  readonly shift: number;
}

/** sigmoid of |x| in Q0.16 with `fractionBits` more, interpolated; `top` past the end of the table. */
function interpolate(magnitude: number, fractionBits: number, top: number): number {
  const index = magnitude >> fractionBits;
  if (index >= 255) return top * 2 ** fractionBits;
  const below = SIGMOID_TABLE[index];
  const fraction = magnitude & ((1 << fractionBits) - 1);
  return below * 2 ** fractionBits + fraction * (SIGMOID_TABLE[index + 1] - below);
}

function scaled({ factor, shift }: TableScale, x: number): number {
  return Math.floor((x * factor + (shift > 0 ? 2 ** (shift - 1) : 0)) / 2 ** shift);
}

/** 16-bit sigmoid in Q0.15 (TFLite integer_ops/logistic.h). */
export function logisticByTable(scale: TableScale, stored: number): number {
  const x = scaled(scale, stored);
  const result = interpolate(Math.abs(x), 9, 0xfffe);
  return Math.floor((x >= 0 ? result + 2 ** 9 : 2 ** 25 - result + 2 ** 9 - 1) / 2 ** 10);
}

/** 16-bit tanh in Q0.15 (TFLite integer_ops/tanh.h). */
export function tanhByTable(scale: TableScale, stored: number): number {
  const x = scaled(scale, stored);
  const result = interpolate(Math.abs(x), 8, 0xffff);
  return (x >= 0 ? result - 2 ** 23 + 2 ** 7 : -result + 2 ** 23 + 2 ** 7 - 1) >> 8;
}
