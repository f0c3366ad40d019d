import type { BoardParts } from './board/board-parts.ts';
import { CORTEX_M7 } from './cores/cortex-m7.ts';
import { CORTEX_M7_LIBRARIES } from './libraries/cortex-m7-libraries.ts';
import { OPENMV } from './runtimes/openmv.ts';

/** By core, so that a page that simulates one board loads the parts of its core alone. */
export const CORTEX_M7_PARTS: BoardParts = {
  cores: [CORTEX_M7],
  libraries: CORTEX_M7_LIBRARIES,
  runtimes: [OPENMV],
};
