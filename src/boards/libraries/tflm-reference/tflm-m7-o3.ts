import type { CountedKernel } from '../counted-rows.ts';

/** Instructions of TensorFlow Lite Micro's reference kernels, Cortex-M7, GCC 12.2 -O3, fitted to counted calls. Refitted and compared by `calibrate/fit-instructions.test.ts`. */
export const TFLM_REFERENCE_O3: readonly CountedKernel[] = [
  {
    op: 'CONV_2D',
    dtype: 'float32',
    instructions: {
      macsInImage: 5,
      inImageTaps: 7,
      columnTaps: 3,
      columnTapsLeft: 3,
      taps: 10,
      rowTaps: 27,
      outputs: 37,
      pixels: 34,
      outRows: 23,
      '1': 46,
    },
  },
  {
    op: 'DEPTHWISE_CONV_2D',
    dtype: 'float32',
    instructions: {
      macsInImage: 11.03,
      columnTapsLeft: 4.224,
      taps: 1.362,
      rowTaps: 18.08,
      outputs: 44.65,
      pixels: 23.06,
      '1': 237.5,
    },
  },
  { op: 'FULLY_CONNECTED', dtype: 'float32', instructions: { macsInImage: 5, outputs: 20, '1': 10 } },
  {
    op: 'MAX_POOL_2D',
    dtype: 'float32',
    instructions: { macsInImage: 10, imageRowChannels: 10, outputs: 23, pixels: 34, outRows: 26, '1': 30 },
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
      inImageTaps: 9.847,
      columnTapsLeft: 3.122,
      taps: 9.085,
      rowTaps: 26.72,
      outputs: 79.27,
      pixels: 36.88,
      '1': 147.9,
    },
  },
  {
    op: 'DEPTHWISE_CONV_2D',
    dtype: 'int8',
    instructions: {
      macsInImage: 12.75,
      columnTapsLeft: 4.414,
      taps: 1.301,
      rowTaps: 18.94,
      outputs: 98.08,
      pixels: 43.74,
      '1': -33.12,
    },
  },
  { op: 'FULLY_CONNECTED', dtype: 'int8', instructions: { macsInImage: 9.002, outputs: 65.55, '1': 1.347 } },
  {
    op: 'MAX_POOL_2D',
    dtype: 'int8',
    instructions: { macsInImage: 9, imageRowChannels: 13, outputs: 19, pixels: 35, outRows: 32, '1': 25 },
  },
  {
    op: 'AVERAGE_POOL_2D',
    dtype: 'int8',
    instructions: {
      macsInImage: 5.994,
      imageRowChannels: 12.07,
      outputs: 24.7,
      pixels: 43.71,
      outRows: 34.06,
      '1': 26.27,
    },
  },
  { op: 'SOFTMAX', dtype: 'int8', instructions: { outputs: 573.8, rows: 187.1 } },
  { op: 'ADD', dtype: 'int8', instructions: { elements: 48.33, '1': 213.8 } },
];
