import type { KernelLibrary } from '../board/board-parts.ts';
import { CORTEX_M7_EVAL_LIBRARIES } from './counted/eval-m7-libraries.ts';
import { OTHER_EVAL_LIBRARIES } from './counted/other-libraries.ts';
import { loadAllRows } from './load-all-rows.ts';

loadAllRows();

/** Every library whose kernels were counted through their operators. */
export const COUNTED_LIBRARIES: readonly KernelLibrary[] = [
  ...CORTEX_M7_EVAL_LIBRARIES,
  ...OTHER_EVAL_LIBRARIES,
];
