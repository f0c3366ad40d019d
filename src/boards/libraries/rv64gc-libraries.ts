import type { KernelLibrary } from '../board/board-parts.ts';
import { MAIXPY_0_5 } from './maixpy/maixpy-kernels.ts';
import { TFLM_REFERENCE_RV64_O2, TFLM_REFERENCE_RV64_O3 } from './tflm-reference/tflm-reference-rv64.ts';

export const RV64GC_LIBRARIES: readonly KernelLibrary[] = [
  MAIXPY_0_5,
  TFLM_REFERENCE_RV64_O2,
  TFLM_REFERENCE_RV64_O3,
];
