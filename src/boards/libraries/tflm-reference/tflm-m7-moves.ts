import type { CountedKernel } from '../counted-rows.ts';

// Instructions of TensorFlow Lite Micro's reference kernels that move, resize and convert, Cortex-M7, called through their
// operators and fitted to data/instruction-counts-2.csv. Compared with it by `move-rows.test.ts`.

/** Counted alike at -O2 and -O3. */
const CONVERSIONS: readonly CountedKernel[] = [
  { op: 'QUANTIZE', dtype: 'float32', instructions: { elements: 18, '1': 181 } },
  {
    op: 'QUANTIZE',
    dtype: 'int8',
    when: { rescaled: { min: 1 } },
    instructions: { elements: 50.03, '1': 56.39 },
  },
  { op: 'DEQUANTIZE', dtype: 'int8', instructions: { elements: 12, '1': 177 } },
];

/** GCC 12.2 -O2. */
const MOVES_O2: readonly CountedKernel[] = [
  {
    op: 'PAD',
    dtype: 'any',
    instructions: {
      elements: 21.48,
      inputElements: 17.05,
      innerRows: 15.07,
      innerPadding: 12.72,
      '1': 668.9,
    },
  },
  {
    op: 'CONCATENATION',
    dtype: 'any',
    instructions: { outputBytes: 0.5299, pieces: 33.57, operands: 191.6, '1': 87.3 },
  },
  { op: 'SPLIT', dtype: 'any', instructions: { elements: 3.998, pieces: 43.54, '1': 165.8 } },
  { op: 'PACK', dtype: 'any', instructions: { elements: 4, pieces: 10, '1': 190.5 } },
  { op: 'UNPACK', dtype: 'any', instructions: { elements: 4, pieces: 10, '1': 179.5 } },
  { op: 'SLICE', dtype: 'any', instructions: { elements: 4, innerRows: 8, innerPlanes: 11, '1': 461.5 } },
  { op: 'STRIDED_SLICE', dtype: 'any', instructions: { outputBytes: 0.5206, innerRows: 59.42, '1': 773.9 } },
  {
    op: 'TRANSPOSE',
    dtype: 'any',
    instructions: { elements: 5, innerRows: 36.49, innerPlanes: 42, '1': 357.5 },
  },
  {
    op: 'RESIZE_NEAREST_NEIGHBOR',
    dtype: 'any',
    instructions: { outputBytes: 0.4913, innerRows: 52.26, '1': 1189 },
  },
  {
    op: 'RESIZE_BILINEAR',
    dtype: 'float32',
    instructions: { elements: 17.01, innerRows: 48.79, '1': 798.1 },
  },
  { op: 'RESIZE_BILINEAR', dtype: 'int8', instructions: { elements: 59.48, innerRows: 72.32, '1': 899 } },
  {
    op: 'TRANSPOSE_CONV',
    dtype: 'float32',
    instructions: { macs: 11.25, macsInImage: 7.66, taps: 23.01, rowTaps: 42.19, outputs: 20.36, '1': 2282 },
  },
  {
    op: 'TRANSPOSE_CONV',
    dtype: 'int8',
    instructions: { macs: 11.32, macsInImage: 10.58, taps: 26.79, rowTaps: 48.26, outputs: 79.84, '1': 2715 },
  },
  ...CONVERSIONS,
];

/** GCC 12.2 -O3. */
const MOVES_O3: readonly CountedKernel[] = [
  {
    op: 'PAD',
    dtype: 'any',
    instructions: {
      elements: 8.527,
      inputElements: 11.99,
      innerRows: 31.13,
      innerPadding: 1.926,
      '1': 406.3,
    },
  },
  {
    op: 'CONCATENATION',
    dtype: 'any',
    instructions: { outputBytes: 0.5299, pieces: 33.57, operands: 197.3, '1': 37.55 },
  },
  { op: 'SPLIT', dtype: 'any', instructions: { outputBytes: 0.9614, pieces: 49.2, '1': 224.5 } },
  { op: 'PACK', dtype: 'any', instructions: { outputBytes: 0.9464, pieces: 10.2, '1': 610.1 } },
  { op: 'UNPACK', dtype: 'any', instructions: { outputBytes: 0.9741, pieces: 10.17, '1': 315.5 } },
  {
    op: 'SLICE',
    dtype: 'any',
    instructions: { outputBytes: 0.6853, innerRows: 10.26, innerPlanes: 236.5, '1': 163.9 },
  },
  { op: 'STRIDED_SLICE', dtype: 'any', instructions: { outputBytes: 0.4499, innerRows: 55.71, '1': 857.2 } },
  {
    op: 'TRANSPOSE',
    dtype: 'any',
    instructions: { elements: 4.262, innerRows: 33.77, innerPlanes: 22.73, '1': 295.6 },
  },
  {
    op: 'RESIZE_NEAREST_NEIGHBOR',
    dtype: 'any',
    instructions: { outputBytes: 0.4857, innerRows: 39.26, '1': 1311 },
  },
  {
    op: 'RESIZE_BILINEAR',
    dtype: 'float32',
    instructions: { elements: 17.01, innerRows: 50.79, '1': 788.1 },
  },
  { op: 'RESIZE_BILINEAR', dtype: 'int8', instructions: { elements: 59.5, innerRows: 74.62, '1': 869.9 } },
  {
    op: 'TRANSPOSE_CONV',
    dtype: 'float32',
    instructions: {
      macs: -0.4927,
      macsInImage: 9.469,
      taps: 23.52,
      rowTaps: 35.91,
      outputs: 18.05,
      '1': 3090,
    },
  },
  {
    op: 'TRANSPOSE_CONV',
    dtype: 'int8',
    instructions: {
      macs: -0.8373,
      macsInImage: 14.87,
      taps: 26.22,
      rowTaps: 42.28,
      outputs: 78.03,
      '1': 3377,
    },
  },
  ...CONVERSIONS,
];

/** GCC 12.2 -Os. */
const MOVES_OS: readonly CountedKernel[] = [
  {
    op: 'PAD',
    dtype: 'any',
    instructions: { elements: 24.94, inputElements: 13.6, innerRows: 12.21, innerPadding: 10.75, '1': 446.9 },
  },
  {
    op: 'CONCATENATION',
    dtype: 'any',
    instructions: { outputBytes: 0.5298, pieces: 39.97, operands: 198.2, '1': 98.37 },
  },
  { op: 'SPLIT', dtype: 'any', instructions: { elements: 5.999, pieces: 37.68, '1': 157.8 } },
  { op: 'PACK', dtype: 'any', instructions: { elements: 6, pieces: 12.47, '1': 194.1 } },
  { op: 'UNPACK', dtype: 'any', instructions: { elements: 6, pieces: 12.47, '1': 170.1 } },
  {
    op: 'SLICE',
    dtype: 'any',
    instructions: { elements: 6.003, innerRows: 15.7, innerPlanes: 15.19, '1': 498.5 },
  },
  { op: 'STRIDED_SLICE', dtype: 'any', instructions: { outputBytes: 0.4931, innerRows: 62.06, '1': 929 } },
  {
    op: 'TRANSPOSE',
    dtype: 'any',
    instructions: { elements: 7, innerRows: 39.49, innerPlanes: 39, '1': 398 },
  },
  {
    op: 'RESIZE_NEAREST_NEIGHBOR',
    dtype: 'any',
    instructions: { outputBytes: 0.495, innerRows: 65.27, '1': 1115 },
  },
  { op: 'RESIZE_BILINEAR', dtype: 'float32', instructions: { elements: 106, innerRows: 48.78, '1': 828.2 } },
  { op: 'RESIZE_BILINEAR', dtype: 'int8', instructions: { elements: 148, innerRows: 75.36, '1': 959.7 } },
  {
    op: 'TRANSPOSE_CONV',
    dtype: 'float32',
    instructions: { macs: 10.01, macsInImage: 57.96, taps: 11.09, rowTaps: 24.92, outputs: 38.15, '1': 3772 },
  },
  {
    op: 'TRANSPOSE_CONV',
    dtype: 'int8',
    instructions: { macs: 9.977, macsInImage: 59.98, taps: 11.91, rowTaps: 25.12, outputs: 89.97, '1': 3901 },
  },
  { op: 'QUANTIZE', dtype: 'float32', instructions: { elements: 18, '1': 195 } },
  {
    op: 'QUANTIZE',
    dtype: 'int8',
    when: { rescaled: { min: 1 } },
    instructions: { elements: 47.56, '1': 8.173 },
  },
  { op: 'DEQUANTIZE', dtype: 'int8', instructions: { elements: 11, '1': 191 } },
];

const NOT_COUNTED = 'not counted with this flag; as counted at GCC 12.2 -O3, TFLite Micro reference kernels';

/** The kernels of -O3, for builds that are like it. */
export const MOVES_LIKE_O3: readonly CountedKernel[] = /* @__PURE__ */ MOVES_O3.map((kernel) => ({
  ...kernel,
  grade: 'estimated',
  source: NOT_COUNTED,
}));

/** By the compiler's flag. */
export const MOVES: Readonly<Record<string, readonly CountedKernel[]>> = {
  '-O2': MOVES_O2,
  '-O3': MOVES_O3,
  '-Os': MOVES_OS,
  '-Ofast': MOVES_LIKE_O3,
};
