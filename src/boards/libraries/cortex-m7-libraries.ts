import type { KernelLibrary } from '../board/board-parts.ts';
import { CORTEX_M7_EVAL_LIBRARIES } from './counted/eval-m7-libraries.ts';
import { OPENMV_LIBTF_M7 } from './openmv-libtf/openmv-libtf-m7.ts';

export const CORTEX_M7_LIBRARIES: readonly KernelLibrary[] = [OPENMV_LIBTF_M7, ...CORTEX_M7_EVAL_LIBRARIES];
