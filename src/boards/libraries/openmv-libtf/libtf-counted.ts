import type { CountedKernel } from '../counted-rows.ts';

/** Instructions of the operators in the libtf.a that OpenMV shipped in November 2020 (GCC 7.3.1 -O3), Eval through the interpreter, fitted to counted calls. Refitted and compared by `calibrate/fit-instructions.test.ts`. */
export const OPENMV_LIBTF_COUNTED: readonly CountedKernel[] = [
  {
    op: 'CONV_2D',
    dtype: 'float32',
    instructions: {
      taps: 9.999,
      columnTapsLeft: 1.998,
      columnTaps: 2.005,
      inImageTaps: 3.998,
      macsInImage: 5,
      rowTaps: 30,
      outputs: 37,
      pixels: 25,
      outRows: 34.3,
      '1': 459.6,
    },
  },
  {
    op: 'DEPTHWISE_CONV_2D',
    dtype: 'float32',
    when: { kernelH: 3, kernelW: 3 },
    instructions: { inImageTaps: 5.858, columnTaps: 6.826, taps: 10.79, pixels: 24.46, '1': 2723 },
  },
  { op: 'FULLY_CONNECTED', dtype: 'float32', instructions: { macsInImage: 5, outputs: 20.98, '1': 251.2 } },
  { op: 'RESHAPE', dtype: 'any', cpi: 'cpiFloat32', instructions: { outputBytes: 8, '1': 17 } },
  {
    op: 'CONV_2D',
    dtype: 'int8',
    when: { kernelH: 1, kernelW: 1, strideH: 1, strideW: 1, inChannels: { multipleOf: 4 } },
    walk: 'CONV_2D_1X1',
    instructions: {
      'pixelPairs*channelPairs*innerQuads': 23.3,
      'pixelPairs*channelPairs': 201.5,
      'pixelOdd*channelPairs*innerQuads': 21.31,
      'channelPairs*innerLength': 3.979,
      outChannels: 1467,
    },
  },
  {
    op: 'CONV_2D',
    dtype: 'int8',
    when: { kernelH: { min: 2 } },
    instructions: {
      'pixelPairs*channelPairs*innerQuads': 39,
      'pixelPairs*channelPairs*innerRest': 12.36,
      'pixelPairs*channelPairs': 253.7,
      'pixelPairs*channelPairsUsed': 58.07,
      'pixelPairs*channelOdd*innerQuads': 20.58,
      'pixelPairs*channelOdd': 136.1,
      'imagePositions*inChannels': 3.523,
      imagePositions: -23.78,
      kernelPositions: 41.24,
      kernelRows: 79.98,
      pixels: -0.1338,
      outChannels: 1383,
    },
  },
  {
    op: 'DEPTHWISE_CONV_2D',
    dtype: 'int8',
    when: { kernelH: 3, kernelW: 3 },
    instructions: { outputs: 124.4, inImageTaps: 2.209, pixels: 394.7, outChannels: 1386 },
  },
  {
    op: 'FULLY_CONNECTED',
    dtype: 'int8',
    instructions: { 'channelPairs*innerQuads': 17.4, channelPairs: 109.9, '1': 2553 },
  },
];

/** Convolutions that the counted rows leave out. */
export const OPENMV_LIBTF_OTHER_CONVOLUTIONS: readonly CountedKernel[] = [
  {
    op: 'CONV_2D',
    dtype: 'int8',
    instructions: {
      'pixelPairs*channelPairs*innerQuads': 39.85,
      'pixelPairs*channelPairs*innerRest': 10.74,
      'pixelPairs*channelPairs': 261.4,
      'pixelPairs*channelPairsUsed': 56.93,
      'pixelPairs*channelOdd*innerQuads': 20.22,
      'pixelPairs*channelOdd': 139.9,
      'imagePositions*inChannels': 1.968,
      imagePositions: -11.41,
      kernelPositions: 35.37,
      kernelRows: 56.89,
      pixels: 41.08,
      outChannels: 688.4,
    },
    grade: 'fitted',
    source:
      '1x1 convolutions off the fast path go through im2col as larger kernels do: fitted to all 55 counted calls of ' +
      'that path (within 2 % each)',
  },
];
