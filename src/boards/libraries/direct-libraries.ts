import type { KernelLibrary } from '../board/board-parts.ts';
import { CMSIS_NN_M7_O2, CMSIS_NN_M7_O3, CMSIS_NN_M7_OS } from './cmsis-nn/cmsis-nn-m7.ts';
import {
  TFLM_REFERENCE_M7_O2,
  TFLM_REFERENCE_M7_O3,
  TFLM_REFERENCE_M7_OFAST,
  TFLM_REFERENCE_M7_OS,
} from './tflm-reference/tflm-reference-m7.ts';

/** Kernels as the first countings called them, without their operators; see docs/hardware/kernel-counts.md. */
export const CORTEX_M7_DIRECT_LIBRARIES: readonly KernelLibrary[] = [
  TFLM_REFERENCE_M7_O2,
  TFLM_REFERENCE_M7_O3,
  TFLM_REFERENCE_M7_OS,
  TFLM_REFERENCE_M7_OFAST,
  CMSIS_NN_M7_O2,
  CMSIS_NN_M7_O3,
  CMSIS_NN_M7_OS,
];
