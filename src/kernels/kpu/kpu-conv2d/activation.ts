import type { ActivationTable } from '../../../models/formats/kmodel/conv-body.ts';

/**
 * How a result half way between two bytes is rounded. `half-away` is ncc 0.1's emulator; `half-even` is nncase 0.2 to
 * 1.9, whose segment test is also strict (x_start < b). Neither is silicon (docs/hardware/k210.md#activation).
 */
export type TieMode = 'half-away' | 'half-even';

/** A table made ready to look up: only segments that some b can reach, starts ascending. */
export interface Activation {
  /** Smallest b of each segment; the first is -Infinity. */
  readonly from: Float64Array;
  readonly xStart: Float64Array;
  readonly yMul: Float64Array;
  /** 2^-shift_number. */
  readonly scale: Float64Array;
  readonly bias: Float64Array;
  readonly ties: TieMode;
}

/** Sorts out the segments that the KPU would choose: the last one whose start is not above b. */
export function compileActivation(table: ActivationTable, ties: TieMode): Activation {
  const reached: number[] = [];
  let lowest = Infinity;
  for (let index = table.segments.length - 1; index >= 0; index--) {
    const start = table.segments[index].x_start;
    if (start >= lowest) continue;
    lowest = start;
    reached.unshift(index);
  }
  const kept = reached.filter((index, at) => at === 0 || !isSameConstant(table, reached[at - 1], index));
  const segments = kept.map((index) => table.segments[index]);
  const strict = ties === 'half-even' ? 1 : 0;
  const from = segments.map(({ x_start }) => x_start + strict);
  from[0] = -Infinity;
  return {
    from: Float64Array.from(from),
    xStart: Float64Array.from(segments, ({ x_start }) => x_start),
    yMul: Float64Array.from(segments, ({ y_mul }) => y_mul),
    scale: Float64Array.from(segments, ({ shift_number }) => 2 ** -shift_number),
    bias: Float64Array.from(kept, (index) => table.result_bias[index]),
    ties,
  };
}

function isSameConstant({ segments, result_bias }: ActivationTable, a: number, b: number): boolean {
  return segments[a].y_mul === 0 && segments[b].y_mul === 0 && result_bias[a] === result_bias[b];
}

/**
 * Bytes of `count` batch-norm results. Products stay below 2^52, so doubles are exact and v >> s is floor(v / 2^s). A
 * negative v steps down from the floor, as both vendors do.
 */
export function activate(activation: Activation, b: Float64Array, count: number, output: Uint8Array): void {
  const { from, xStart, yMul, scale, bias, ties } = activation;
  const last = from.length - 1;
  const isEven = ties === 'half-even';
  let at = 0;
  for (let index = 0; index < count; index++) {
    const value = b[index];
    while (value < from[at]) at--;
    while (at < last && value >= from[at + 1]) at++;
    const v = (value - xStart[at]) * yMul[at];
    const scaled = v * scale[at];
    let result = Math.floor(scaled);
    const rest = scaled - result;
    if (rest > 0.5 || (rest === 0.5 && (!isEven || result % 2 !== 0))) result += v < 0 ? -1 : 1;
    result += bias[at];
    output[index] = result < 0 ? 0 : result > 255 ? 255 : result;
  }
}
