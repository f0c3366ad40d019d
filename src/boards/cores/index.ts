import type { CostRow } from '../board/board.ts';
import { CORTEX_M7_COSTS } from './cortex-m7/index.ts';
import { RV64_TFLM_COSTS } from './rv64/index.ts';

/** Cost rows that stand on counted instructions, by the target that the counting names. */
export const COUNTED_TARGETS: Readonly<Record<string, readonly CostRow[]>> = {
  'cortex-m7': CORTEX_M7_COSTS,
  rv64gc: RV64_TFLM_COSTS,
};
