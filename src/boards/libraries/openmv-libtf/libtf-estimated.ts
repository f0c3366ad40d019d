import type { CountedKernel } from '../counted-rows.ts';

const DISPATCH = 'plus about 290 instructions of interpreter dispatch (counted on float add)';
const LIKE_O3 = `not counted in libtf; TFLite Micro reference kernel, GCC 12.2 -O3, ${DISPATCH}`;

/**
 * Kernels of the shipped libtf.a that were counted too rarely for a fit: one or two calls, or none. Listed after
 * the fitted rows, so that they serve the geometries which those leave out.
 */
export const OPENMV_LIBTF_ESTIMATED: readonly CountedKernel[] = [
  {
    op: 'DEPTHWISE_CONV_2D',
    dtype: 'float32',
    instructions: {
      inImageTaps: 5.858,
      columnTaps: 6.826,
      rowTaps: 18.1,
      outputs: 42.8,
      pixels: 24.46,
      '1': 2723,
    },
    grade: 'estimated',
    source:
      'the counted 3x3 row; its cost a tap split over rows and outputs as in TFLite Micro reference -O3',
  },
  {
    op: 'DEPTHWISE_CONV_2D',
    dtype: 'int8',
    instructions: { taps: 8.8, inImageTaps: 2.209, outputs: 45, kernelPositions: 43.9, outChannels: 1386 },
    grade: 'estimated',
    source: 'the counted 3x3 row spread over the taps, with 45 instructions an output for the output stage',
  },
  {
    op: 'MAX_POOL_2D',
    dtype: 'float32',
    instructions: { macsInImage: 10, imageRowChannels: 10, outputs: 23, pixels: 34, outRows: 24, '1': 320 },
    grade: 'estimated',
    source: LIKE_O3,
  },
  {
    op: 'AVERAGE_POOL_2D',
    dtype: 'float32',
    instructions: { macsInImage: 7, imageRowChannels: 8, outputs: 23, pixels: 33, outRows: 34, '1': 22 },
    grade: 'estimated',
    source:
      'TFLite Micro reference kernel, GCC 12.2 -O3; the one counted libtf call (34,255) is within 0.3 %',
  },
  {
    op: 'SOFTMAX',
    dtype: 'float32',
    instructions: { outputs: 187, rows: 290 },
    cpi: 'cpiFloat32',
    grade: 'estimated',
    source: `one counted call (10 elements: 2,159), ${DISPATCH}`,
  },
  {
    op: 'ADD',
    dtype: 'float32',
    instructions: { elements: 13, '1': 304 },
    cpi: 'cpiFloat32Elementwise',
    grade: 'estimated',
    source: 'one counted call (8,192 elements: 106,800); 13 an element as in TFLite Micro reference -O3',
  },
  {
    op: 'MAX_POOL_2D',
    dtype: 'int8',
    instructions: {
      'imagePositions*channelQuads': 27.4,
      imagePositions: 41.2,
      'pixels*channelQuads': 25.3,
      'pixels*channelRest': 31.5,
      '1': 300,
    },
    grade: 'estimated',
    source: 'not counted in libtf; the CMSIS-NN row, plus 300 instructions of dispatch',
  },
  {
    op: 'AVERAGE_POOL_2D',
    dtype: 'int8',
    instructions: { macsInImage: 4.666, outputs: 16, '1': 300 },
    grade: 'estimated',
    source: 'two counted calls (8x8x64: 20,440; 25x5x64: 38,656), with 300 instructions of dispatch assumed',
  },
  {
    op: 'SOFTMAX',
    dtype: 'int8',
    instructions: { outputs: 360, rows: 290 },
    grade: 'estimated',
    source: 'two counted calls (10 elements: 4,754; 12: 3,772), which differ by their data',
  },
  {
    op: 'ADD',
    dtype: 'int8',
    instructions: { elements: 115.2, '1': 300 },
    grade: 'estimated',
    source: 'one counted call (8,192 elements: 944,029)',
  },
];
