import type { CostRow } from '../board/board.ts';
import type { KernelLibrary } from '../board/board-parts.ts';
import { CORTEX_M7_DIRECT_LIBRARIES } from './direct-libraries.ts';
import { OPENMV_LIBTF_M7 } from './openmv-libtf/openmv-libtf-m7.ts';
import { loadAllRows } from './load-all-rows.ts';
import { RV64GC_LIBRARIES } from './rv64gc-libraries.ts';

loadAllRows();

function costsOf(libraries: readonly KernelLibrary[]): readonly CostRow[] {
  return libraries.flatMap(({ costs }) => costs);
}

/** Cost rows of the kernels that were counted by direct calls, by core; countings name their target so. */
export const COSTS_BY_CORE: Readonly<Record<string, readonly CostRow[]>> = {
  'cortex-m7': costsOf([OPENMV_LIBTF_M7, ...CORTEX_M7_DIRECT_LIBRARIES]),
  rv64gc: costsOf(RV64GC_LIBRARIES),
};
