import type { CountedKernel } from '../counted-rows.ts';

/** Instructions of TensorFlow Lite Micro's reference kernels, Cortex-M7, GCC 12.2 -Ofast, fitted to counted calls. Refitted and compared by `calibrate/fit-instructions.test.ts`. */
export const TFLM_REFERENCE_OFAST: readonly CountedKernel[] = [
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
      outputs: 38,
      pixels: 28,
      outRows: 21,
      '1': 45,
    },
  },
  {
    op: 'DEPTHWISE_CONV_2D',
    dtype: 'float32',
    instructions: {
      macsInImage: 11.02,
      columnTapsLeft: 4.245,
      taps: 1.346,
      rowTaps: 18.09,
      outputs: 41.64,
      pixels: 32.85,
      '1': 209.3,
    },
  },
  { op: 'FULLY_CONNECTED', dtype: 'float32', instructions: { macsInImage: 5, outputs: 15, '1': 11 } },
  {
    op: 'MAX_POOL_2D',
    dtype: 'float32',
    instructions: { macsInImage: 7, imageRowChannels: 10, outputs: 18, pixels: 34, outRows: 26, '1': 30 },
  },
  {
    op: 'AVERAGE_POOL_2D',
    dtype: 'float32',
    instructions: { macsInImage: 7, imageRowChannels: 8, outputs: 19, pixels: 33, outRows: 34, '1': 22 },
  },
  { op: 'SOFTMAX', dtype: 'float32', instructions: { outputs: 51, rows: 14 } },
  { op: 'ADD', dtype: 'float32', cpi: 'cpiFloat32Elementwise', instructions: { elements: 8, '1': 10 } },
];
