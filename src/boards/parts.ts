import type { BoardParts } from './board/board-parts.ts';
import { CORTEX_M7 } from './cores/cortex-m7.ts';
import { RV64GC } from './cores/rv64gc.ts';
import { CORTEX_M7_LIBRARIES, RV64GC_LIBRARIES } from './libraries/index.ts';
import { MAIXPY } from './runtimes/maixpy.ts';
import { OPENMV } from './runtimes/openmv.ts';

/** By core, so that a page that simulates one board loads the parts of its core alone. */
export const CORTEX_M7_PARTS: BoardParts = {
  cores: [CORTEX_M7],
  libraries: CORTEX_M7_LIBRARIES,
  runtimes: [OPENMV],
};

export const RV64GC_PARTS: BoardParts = {
  cores: [RV64GC],
  libraries: RV64GC_LIBRARIES,
  runtimes: [MAIXPY],
};
