import type { CostRow, Terms } from '../../board/board.ts';

/*
 * Nodes of kmodel v4 that v3 has no layer for: the loops of nncase 0.2's neutral kernels (kendryte/nncase
 * src/common/include/kernels/neutral/neutral_kernels.h), their instructions counted by hand in the source, at about 1.3
 * cycles each on the in-order core, a multiply of an index 4. Most compute the offset of four dimensions for each
 * element, which is what they spend their time on. Nobody has timed one.
 */
const SOURCE = 'nncase 0.2 kernels/neutral/neutral_kernels.h, counted by hand';

/** Cycles a node takes, by its name in nncase. */
const CYCLES: readonly (readonly [op: string, coreCycles: Terms, what: string])[] = [
  [
    'Binary',
    { elements: 95 },
    'binary: three offsets of four dimensions, two of them reduced, an operation, two comparisons',
  ],
  [
    'Conv2D',
    { taps: 24, elements: 90 },
    'conv2d: 14 instructions a tap with two indices multiplied, window bounds an output',
  ],
  [
    'MatMul',
    { taps: 15, elements: 25 },
    'matmul: two loads and an FMA a tap, one of them a row further each time',
  ],
  ['Pad', { elements: 24 }, 'pad: eight comparisons and a copy'],
  [
    'Reduce',
    { inputElements: 70 },
    'reduce: two offsets of four dimensions, one reduced, a load, an operation and a store',
  ],
  [
    'ReduceWindow2D',
    { taps: 30, elements: 110 },
    'reduce_window2d: an offset of four dimensions a tap, a division an output',
  ],
  ['MemoryCopy', { loadBytes: 2 }, 'memcpy with a fill and a write-back of its lines'],
  [
    'ResizeImage',
    { elements: 45 },
    'resize_nearest_neighbor: floorf, minimum and conversion an element; bilinear takes more',
  ],
  ['Transpose', { elements: 55 }, 'transpose: two offsets of four dimensions, one permuted'],
  ['StridedSlice', { elements: 32 }, 'strided_slice: four loops with a comparison of both signs of a stride'],
  [
    'Unary',
    { elements: 150 },
    'unary: one call of the mathematical library an element; abs and neg take less',
  ],
  [
    'QuantizedConv2D',
    { taps: 22, elements: 110 },
    'quantized conv2d: as Conv2D on bytes, a product of 64 bits shifted an output',
  ],
  [
    'QuantizedMatMul',
    { taps: 14, elements: 45 },
    'quantized matmul: as MatMul on bytes, a product of 64 bits shifted an output',
  ],
  ['QuantizedBinary', { elements: 130 }, 'quantized binary: as Binary, three products of 64 bits shifted'],
  [
    'Conv2DTranspose',
    { taps: 26, windows: 30, inputElements: 90, elements: 14 },
    'conv2d_transpose: as Conv2D with a store more a tap, pointers a window, bounds an input; a fill and a clamp an output',
  ],
  [
    'NnilUnaryMethod',
    { taps: 33, functions: 130, elements: 30 },
    'nnil_unary_method: 25 instructions to fetch, branch and check the stack, calls of the mathematical library besides',
  ],
  ['TableLookup1D', { elements: 10 }, 'table_lookup1d: two loads that wait for each other, a store'],
];

/** One row a node. */
export function nncaseNodeCosts(kernels: string): CostRow[] {
  return CYCLES.map(([op, coreCycles, what]) => ({
    ...{ op, dtype: 'any', kernels, coreCycles },
    ...{ source: `${SOURCE}: ${what}`, grade: 'estimated' },
  }));
}
