import type { ActivationTable } from '../../models/formats/kmodel/conv-body.ts';
import type { SegmentWord } from '../../models/formats/kmodel/fields.ts';
import { clamp } from '../../numbers.ts';
import { BYTE_MAX, fixedMulOf } from './quantizer.ts';

/** Batch norm leaves the output in units of 1/1024. */
export const NORM_UNITS = 2 ** 10;
const MUL_BITS = 16;
const MAX_SHIFT = 20;
const LOWEST_START = -(2 ** 35);

/**
 * Starts of the table that ncc 0.1 writes for linear, relu and relu6 (docs/hardware/k210.md#quantizer), signed 36 bits.
 */
const LINEAR_STARTS = [
  ...['800000000', 'f7d4cf4b8', 'f8ed5a20c', 'fa05e4f60', 'fb2e05baa', 'fc46908fe', 'fd5f1b652', 'fe77a63a6'],
  ...['ff9fc6ff0', 'fffd4a9b7', '000000000', '7fffffff0', '7fffffff1', '7fffffff2', '7fffffff3', '7fffffff4'],
].map((start) => Number(BigInt.asIntN(36, BigInt(`0x${start}`))));
const LINEAR_SEGMENT = 10;
const SLOPES = 14;

interface Segment {
  readonly start: number;
  readonly slope: number;
  readonly bias: number;
}

/** Below 0: 0; else b / 1024, rounded. Relu is implied by the range of the output. */
export function linearTable(): ActivationTable {
  return tableOf(
    LINEAR_STARTS.map((start, index) => ({
      start,
      slope: index === LINEAR_SEGMENT ? 1 / NORM_UNITS : 0,
      bias: 0,
    })),
  );
}

/** Leaky relu of slope `alpha`, its negative part in 14 segments; `outputBias` is the bias of the output's quantization. */
export function leakyTable(alpha: number, outputBias: number): ActivationTable {
  const zero = -outputBias * NORM_UNITS;
  const slopes = Array.from({ length: SLOPES }, (_, index): Segment => {
    const y = Math.floor((-outputBias * index) / SLOPES);
    return { start: Math.floor(zero - (zero - y * NORM_UNITS) / alpha), slope: alpha / NORM_UNITS, bias: y };
  });
  return tableOf([
    { start: LOWEST_START, slope: 0, bias: 0 },
    ...slopes,
    { start: zero, slope: 1 / NORM_UNITS, bias: -outputBias },
  ]);
}

function tableOf(segments: readonly Segment[]): ActivationTable {
  return {
    segments: segments.map(({ start, slope }): SegmentWord => {
      const { mul, shift } = fixedMulOf(slope, MUL_BITS, MAX_SHIFT, 'slope of the activation');
      return { x_start: start, y_mul: mul, shift_number: shift };
    }),
    result_bias: Uint8Array.from(segments, ({ bias }) => clamp(bias, 0, BYTE_MAX)),
  };
}
