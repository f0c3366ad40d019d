import type { CostRow } from '../board/board.ts';
import type { KernelLibrary } from '../board/board-parts.ts';
import { CMSIS_NN_M7_O2, CMSIS_NN_M7_O3, CMSIS_NN_M7_OS } from './cmsis-nn/cmsis-nn-m7.ts';
import { MAIXPY_0_5 } from './maixpy/maixpy-kernels.ts';
import { OPENMV_LIBTF_M7 } from './openmv-libtf/openmv-libtf-m7.ts';
import {
  TFLM_REFERENCE_M7_O2,
  TFLM_REFERENCE_M7_O3,
  TFLM_REFERENCE_M7_OFAST,
  TFLM_REFERENCE_M7_OS,
} from './tflm-reference/tflm-reference-m7.ts';
import { TFLM_REFERENCE_RV64_O2, TFLM_REFERENCE_RV64_O3 } from './tflm-reference/tflm-reference-rv64.ts';

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

export const RV64GC_LIBRARIES: readonly KernelLibrary[] = [
  MAIXPY_0_5,
  TFLM_REFERENCE_RV64_O2,
  TFLM_REFERENCE_RV64_O3,
];

// @__NO_SIDE_EFFECTS__
function costsOf(libraries: readonly KernelLibrary[]): readonly CostRow[] {
  return libraries.flatMap(({ costs }) => costs);
}

/** Cost rows of all libraries of a core, by its id; countings name their target so. */
export const COSTS_BY_CORE: Readonly<Record<string, readonly CostRow[]>> = {
  'cortex-m7': costsOf(CORTEX_M7_LIBRARIES),
  rv64gc: costsOf(RV64GC_LIBRARIES),
};
