import type { BoardParts } from './board/board-parts.ts';
import { RV64GC } from './cores/rv64gc.ts';
import { RV64GC_LIBRARIES } from './libraries/rv64gc-libraries.ts';
import { MAIXPY } from './runtimes/maixpy.ts';

export const RV64GC_PARTS: BoardParts = {
  cores: [RV64GC],
  libraries: RV64GC_LIBRARIES,
  runtimes: [MAIXPY],
};
