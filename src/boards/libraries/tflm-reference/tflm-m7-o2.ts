import type { CountedKernel } from '../counted-rows.ts';

/** Instructions of TensorFlow Lite Micro's reference kernels, Cortex-M7, GCC 12.2 -O2, fitted to counted calls. Refitted and compared by `calibrate/fit-instructions.test.ts`. */
export const TFLM_REFERENCE_O2: readonly CountedKernel[] = [
  {
    op: 'CONV_2D',
    dtype: 'float32',
    instructions: {
      macsInImage: 5,
      inImageTaps: 11.34,
      columnTaps: -1.52,
      columnTapsLeft: 8.698,
      taps: 4.483,
      rowTaps: 19.01,
      outputs: 44.99,
      pixels: 29,
      outRows: 30,
      '1': 41.61,
    },
  },
  {
    op: 'DEPTHWISE_CONV_2D',
    dtype: 'float32',
    instructions: {
      macsInImage: 4.592,
      columnTapsLeft: 8.375,
      taps: 6.04,
      rowTaps: 14.88,
      outputs: 52.28,
      pixels: 35.77,
      '1': 163.7,
    },
  },
  { op: 'FULLY_CONNECTED', dtype: 'float32', instructions: { macsInImage: 5, outputs: 20, '1': 10 } },
  {
    op: 'MAX_POOL_2D',
    dtype: 'float32',
    instructions: { macsInImage: 9, imageRowChannels: 8, outputs: 20, pixels: 47, outRows: 21, '1': 68 },
  },
  {
    op: 'AVERAGE_POOL_2D',
    dtype: 'float32',
    instructions: { macsInImage: 7, imageRowChannels: 8, outputs: 23, pixels: 33, outRows: 34, '1': 22 },
  },
  { op: 'SOFTMAX', dtype: 'float32', instructions: { outputs: 54, rows: 12 } },
  { op: 'ADD', dtype: 'float32', cpi: 'cpiFloat32Elementwise', instructions: { elements: 13, '1': 10 } },
  {
    op: 'CONV_2D',
    dtype: 'int8',
    instructions: {
      macsInImage: 7,
      inImageTaps: 10.85,
      columnTapsLeft: 8.555,
      taps: 3.655,
      rowTaps: 21.67,
      outputs: 81.31,
      pixels: 41.99,
      '1': 162.4,
    },
  },
  {
    op: 'DEPTHWISE_CONV_2D',
    dtype: 'int8',
    instructions: {
      macsInImage: 6.33,
      columnTapsLeft: 8.526,
      taps: 6.001,
      rowTaps: 16.74,
      outputs: 100.7,
      pixels: 40.46,
      '1': -93.76,
    },
  },
  { op: 'FULLY_CONNECTED', dtype: 'int8', instructions: { macsInImage: 9.002, outputs: 65.55, '1': 1.347 } },
  {
    op: 'MAX_POOL_2D',
    dtype: 'int8',
    instructions: { macsInImage: 10, imageRowChannels: 13, outputs: 21, pixels: 43, outRows: 33, '1': 21 },
  },
  {
    op: 'AVERAGE_POOL_2D',
    dtype: 'int8',
    instructions: {
      macsInImage: 5.993,
      imageRowChannels: 11.08,
      outputs: 27.69,
      pixels: 42.19,
      outRows: 29.43,
      '1': 26.7,
    },
  },
  { op: 'SOFTMAX', dtype: 'int8', instructions: { outputs: 546.7, rows: 225.4 } },
  { op: 'ADD', dtype: 'int8', instructions: { elements: 55.2, '1': 141.3 } },
];
