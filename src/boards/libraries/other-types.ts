import type { CostRow, Stream, Terms } from '../board/board.ts';
import { estimatedKernels } from './estimated-rows.ts';

interface Factor {
  readonly times: number;
  readonly why: string;
}

const WIDE_SUMS: Factor = { times: 1.1, why: 'products are summed in 64 bits' };
const TABLES: Factor = { times: 0.15, why: 'a table of 513 values stands for the function' };
const ALIKE: Factor = { times: 1, why: 'it does the same with wider loads' };

/** Instructions of an int16 kernel over those of its int8 kernel, where they differ by more than loads. */
const INT16: Readonly<Record<string, Factor>> = {
  CONV_2D: WIDE_SUMS,
  DEPTHWISE_CONV_2D: WIDE_SUMS,
  FULLY_CONNECTED: WIDE_SUMS,
  TRANSPOSE_CONV: WIDE_SUMS,
  LOGISTIC: TABLES,
  TANH: TABLES,
  SOFTMAX: { times: 0.3, why: 'tables of 513 values stand for exponential and reciprocal' },
};

const hasOwn = (op: string, type: 'int16' | 'uint8'): boolean =>
  estimatedKernels().some((kernel) => kernel.op === op && kernel.dtype === type);

function scaled(terms: Terms, times: number): Terms {
  return Object.fromEntries(
    Object.entries(terms).map(([term, value]) => [term, Number((value * times).toPrecision(4))]),
  );
}

const widenedStreams = new WeakMap<readonly Stream[], readonly Stream[]>();

/** The window under a pixel holds twice the bytes; whole tensors are counted in bytes of their own type. */
function widened(streams: readonly Stream[]): readonly Stream[] {
  const known = widenedStreams.get(streams);
  if (known) return known;
  const wide = streams.map((stream) => ({
    ...stream,
    bytes: Object.fromEntries(
      Object.entries(stream.bytes).map(([term, value]) => [
        term,
        term.startsWith('innerLength') ? 2 * value : value,
      ]),
    ),
  }));
  widenedStreams.set(streams, wide);
  return wide;
}

/**
 * Rows of 16-bit activations with 8-bit weights by likeness to the int8 rows of the same library, for operators that have
 * none of their own.
 */
// @__NO_SIDE_EFFECTS__
export function int16Rows(costs: readonly CostRow[]): CostRow[] {
  return costs
    .filter((row) => row.dtype === 'int8' && !hasOwn(row.op, 'int16'))
    .map((row) => {
      const { times, why } = INT16[row.op] ?? ALIKE;
      return {
        ...row,
        dtype: 'int16',
        instructions: scaled(row.instructions ?? {}, times),
        ...(row.streams && { streams: widened(row.streams) }),
        grade: 'estimated',
        source: `not counted for int16; ${times} times int8, for ${why}; ${row.source}`,
      };
    });
}

/** Terms of a uint8 kernel: each product takes the zero point of the weights off, one instruction more. */
function withWeightZero({ macsInImage, ...terms }: Terms): Terms {
  return macsInImage === undefined ? terms : { ...terms, macsInImage: macsInImage + 1 };
}

/**
 * Rows of uint8 networks in a library of 2020: its CMSIS-NN computes int8 alone, so these go to the reference kernels, whose
 * int8 rows they are like.
 */
// @__NO_SIDE_EFFECTS__
export function uint8Rows(reference: readonly CostRow[], kernels: string): CostRow[] {
  return reference
    .filter((row) => row.dtype === 'int8' && !hasOwn(row.op, 'uint8'))
    .map((row) => ({
      ...row,
      kernels,
      dtype: 'uint8',
      instructions: withWeightZero(row.instructions ?? {}),
      grade: 'estimated',
      source: `not counted for uint8; the reference kernel of int8, and the weights' zero point; ${row.source}`,
    }));
}
