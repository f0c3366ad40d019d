import type { KernelLibrary } from '../../board/board-parts.ts';
import { CORTEX_M7_EVAL_LIBRARIES } from './eval-m7-libraries.ts';
import { OTHER_EVAL_LIBRARIES } from './other-libraries.ts';

/** Every library whose kernels were counted through their operators. */
export const COUNTED_LIBRARIES: readonly KernelLibrary[] = /* @__PURE__ */ [
  ...CORTEX_M7_EVAL_LIBRARIES,
  ...OTHER_EVAL_LIBRARIES,
];
