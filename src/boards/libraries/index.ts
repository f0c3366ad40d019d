import type { CostRow } from '../board/board.ts';
import type { KernelLibrary } from '../board/board-parts.ts';
import { CORTEX_M7_LIBRARIES } from './cortex-m7-libraries.ts';
import { RV64GC_LIBRARIES } from './rv64gc-libraries.ts';

// @__NO_SIDE_EFFECTS__
function costsOf(libraries: readonly KernelLibrary[]): readonly CostRow[] {
  return libraries.flatMap(({ costs }) => costs);
}

/** Cost rows of all libraries of a core, by its id; countings name their target so. */
export const COSTS_BY_CORE: Readonly<Record<string, readonly CostRow[]>> = {
  'cortex-m7': costsOf(CORTEX_M7_LIBRARIES),
  rv64gc: costsOf(RV64GC_LIBRARIES),
};
