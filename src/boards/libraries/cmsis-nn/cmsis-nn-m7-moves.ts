import type { CountedKernel } from '../counted-rows.ts';

// Instructions of CMSIS-NN's int8 kernels that move, Cortex-M7 (DSP extension), fitted to data/instruction-counts-2.csv.
// Compared with it by `move-rows.test.ts`.

/** Counted alike at -O2 and -O3. */
const PADS: readonly CountedKernel[] = [
  {
    op: 'PAD',
    dtype: 'int8',
    when: { innerPadding: 0 },
    instructions: { outputBytes: 0.4879, innerPlanes: 94.72, '1': 290 },
  },
  { op: 'PAD', dtype: 'int8', instructions: { outputBytes: 0.6911, innerRows: 85.74, '1': 438.6 } },
];

/** GCC 12.2 -O2. */
const MOVES_O2: readonly CountedKernel[] = [
  ...PADS,
  { op: 'TRANSPOSE', dtype: 'int8', instructions: { elements: 5.839, '1': 863.9 } },
  {
    op: 'TRANSPOSE_CONV',
    dtype: 'int8',
    when: { inChannels: { min: 17 }, strideH: { max: 2 } },
    instructions: { 'outputs*kernelH*kernelW*inChannels': 1.89, '1': 54970 },
  },
  { op: 'TRANSPOSE_CONV', dtype: 'int8', instructions: { macs: 3.097, outputs: 50.03, '1': 27580 } },
];

/** GCC 12.2 -O3. */
const MOVES_O3: readonly CountedKernel[] = [
  ...PADS,
  { op: 'TRANSPOSE', dtype: 'int8', instructions: { elements: 2.252, '1': 1762 } },
  {
    op: 'TRANSPOSE_CONV',
    dtype: 'int8',
    when: { inChannels: { min: 17 }, strideH: { max: 2 } },
    instructions: { 'outputs*kernelH*kernelW*inChannels': 1.894, '1': 53630 },
  },
  { op: 'TRANSPOSE_CONV', dtype: 'int8', instructions: { macs: 3.09, outputs: 49.71, '1': 29950 } },
];

/** GCC 12.2 -Os. */
const MOVES_OS: readonly CountedKernel[] = [
  {
    op: 'PAD',
    dtype: 'int8',
    when: { innerPadding: 0 },
    instructions: { outputBytes: 0.4883, innerPlanes: 96.62, '1': 293.7 },
  },
  { op: 'PAD', dtype: 'int8', instructions: { outputBytes: 0.6923, innerRows: 85.17, '1': 461.7 } },
  { op: 'TRANSPOSE', dtype: 'int8', instructions: { elements: 21.56, '1': 842.2 } },
  {
    op: 'TRANSPOSE_CONV',
    dtype: 'int8',
    when: { inChannels: { min: 17 }, strideH: { max: 2 } },
    instructions: { 'outputs*kernelH*kernelW*inChannels': 2.744, '1': 60740 },
  },
  { op: 'TRANSPOSE_CONV', dtype: 'int8', instructions: { macs: 4.209, outputs: 55.57, '1': 30730 } },
];

/** By the compiler's flag. */
export const CMSIS_MOVES: Readonly<Record<string, readonly CountedKernel[]>> = {
  '-O2': MOVES_O2,
  '-O3': MOVES_O3,
  '-Os': MOVES_OS,
};
