import type { BoardParts } from './board/board-parts.ts';
import {
  CORTEX_M0PLUS,
  CORTEX_M3,
  CORTEX_M33,
  CORTEX_M4,
  CORTEX_M55,
  ESTIMATED_CORES,
  RV32IMAC,
} from './cores/counted-cores.ts';
import { CORTEX_M7_PARTS } from './cortex-m7-parts.ts';
import { LIKE_LIBRARIES } from './libraries/counted/like-libraries.ts';
import { OTHER_EVAL_LIBRARIES } from './libraries/counted/other-libraries.ts';
import { CORTEX_M7_DIRECT_LIBRARIES } from './libraries/direct-libraries.ts';
import { loadAll } from './load-all.ts';
import { TFLM_INVOKE, VENDOR_CALL } from './runtimes/invoke.ts';
import { RV64GC_PARTS } from './rv64gc-parts.ts';

// Of these anything may be asked.
loadAll();

/** Everything that a board file may name. */
export const ALL_PARTS: BoardParts = {
  cores: [
    ...CORTEX_M7_PARTS.cores,
    ...RV64GC_PARTS.cores,
    ...[CORTEX_M4, CORTEX_M33, CORTEX_M0PLUS, CORTEX_M55, CORTEX_M3, RV32IMAC],
    ...ESTIMATED_CORES,
  ],
  libraries: [
    ...CORTEX_M7_PARTS.libraries,
    ...CORTEX_M7_DIRECT_LIBRARIES,
    ...RV64GC_PARTS.libraries,
    ...OTHER_EVAL_LIBRARIES,
    ...LIKE_LIBRARIES,
  ],
  runtimes: [...CORTEX_M7_PARTS.runtimes, ...RV64GC_PARTS.runtimes, TFLM_INVOKE, VENDOR_CALL],
};
