import type { BoardParts } from './board/board-parts.ts';
import { CORTEX_M7_PARTS } from './cortex-m7-parts.ts';
import { RV64GC_PARTS } from './rv64gc-parts.ts';
import { CORTEX_M7_DIRECT_LIBRARIES } from './libraries/direct-libraries.ts';

/** Everything that a board file may name. */
export const ALL_PARTS: BoardParts = {
  cores: [...CORTEX_M7_PARTS.cores, ...RV64GC_PARTS.cores],
  libraries: [...CORTEX_M7_PARTS.libraries, ...CORTEX_M7_DIRECT_LIBRARIES, ...RV64GC_PARTS.libraries],
  runtimes: [...CORTEX_M7_PARTS.runtimes, ...RV64GC_PARTS.runtimes],
};
