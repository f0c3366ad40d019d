import type { KernelLibrary } from '../board/board-parts.ts';
import { CMSIS_NN_M7_O2, CMSIS_NN_M7_O3, CMSIS_NN_M7_OS } from './cmsis-nn/cmsis-nn-m7.ts';
import { OPENMV_LIBTF_M7 } from './openmv-libtf/openmv-libtf-m7.ts';
import {
  TFLM_REFERENCE_M7_O2,
  TFLM_REFERENCE_M7_O3,
  TFLM_REFERENCE_M7_OFAST,
  TFLM_REFERENCE_M7_OS,
} from './tflm-reference/tflm-reference-m7.ts';

export const CORTEX_M7_LIBRARIES: readonly KernelLibrary[] = [
  OPENMV_LIBTF_M7,
  TFLM_REFERENCE_M7_O2,
  TFLM_REFERENCE_M7_O3,
  TFLM_REFERENCE_M7_OS,
  TFLM_REFERENCE_M7_OFAST,
  CMSIS_NN_M7_O2,
  CMSIS_NN_M7_O3,
  CMSIS_NN_M7_OS,
];
