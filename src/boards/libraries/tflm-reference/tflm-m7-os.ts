import type { CountedKernel } from '../counted-rows.ts';

/** Instructions of TensorFlow Lite Micro's reference kernels, Cortex-M7, GCC 12.2 -Os, fitted to counted calls. Refitted and compared by `calibrate/fit-instructions.test.ts`. */
export const TFLM_REFERENCE_OS: readonly CountedKernel[] = [
  {
    op: 'CONV_2D',
    dtype: 'float32',
    instructions: {
      macsInImage: 43,
      inImageTaps: 7.353,
      columnTaps: -1.564,
      columnTapsLeft: 8.713,
      taps: 4.495,
      rowTaps: 11.01,
      outputs: 45.99,
      pixels: 13.98,
      outRows: 18.34,
      '1': 51.38,
    },
  },
  {
    op: 'DEPTHWISE_CONV_2D',
    dtype: 'float32',
    instructions: {
      macsInImage: 40.74,
      columnTapsLeft: 5.733,
      taps: 6.556,
      rowTaps: 15,
      outputs: 60.9,
      pixels: 17.42,
      '1': 152.1,
    },
  },
  { op: 'FULLY_CONNECTED', dtype: 'float32', instructions: { macsInImage: 6, outputs: 22, '1': 68 } },
  {
    op: 'MAX_POOL_2D',
    dtype: 'float32',
    instructions: { macsInImage: 31, imageRowChannels: 13, outputs: 64, pixels: 14, outRows: 16, '1': 59 },
  },
  {
    op: 'AVERAGE_POOL_2D',
    dtype: 'float32',
    instructions: { macsInImage: 24, imageRowChannels: 11, outputs: 42, pixels: 21, outRows: 25, '1': 54 },
  },
  { op: 'SOFTMAX', dtype: 'float32', instructions: { outputs: 72, rows: 86 } },
  { op: 'ADD', dtype: 'float32', cpi: 'cpiFloat32Elementwise', instructions: { elements: 14, '1': 125 } },
  {
    op: 'CONV_2D',
    dtype: 'int8',
    instructions: {
      macsInImage: 45,
      inImageTaps: 6.215,
      columnTapsLeft: 10.22,
      taps: 2.616,
      rowTaps: 13.69,
      outputs: 83.86,
      pixels: 21.72,
      '1': 79.67,
    },
  },
  {
    op: 'DEPTHWISE_CONV_2D',
    dtype: 'int8',
    instructions: {
      macsInImage: 42.25,
      columnTapsLeft: 6.127,
      taps: 6.399,
      rowTaps: 16.41,
      outputs: 90.8,
      pixels: 26.44,
      '1': -358.2,
    },
  },
  { op: 'FULLY_CONNECTED', dtype: 'int8', instructions: { macsInImage: 10, outputs: 62.43, '1': 56 } },
  {
    op: 'MAX_POOL_2D',
    dtype: 'int8',
    instructions: { macsInImage: 33, imageRowChannels: 14, outputs: 62, pixels: 14, outRows: 16, '1': 56 },
  },
  {
    op: 'AVERAGE_POOL_2D',
    dtype: 'int8',
    instructions: { macsInImage: 22, imageRowChannels: 16, outputs: 45, pixels: 26, outRows: 33, '1': 58 },
  },
  { op: 'SOFTMAX', dtype: 'int8', instructions: { outputs: 1032, rows: 343.2 } },
  { op: 'ADD', dtype: 'int8', instructions: { elements: 120.8, '1': 304.8 } },
];
