import type { CostRow } from '../../boards/board/board.ts';
import { CORTEX_M7_DIRECT_LIBRARIES } from '../../boards/libraries/direct-libraries.ts';

/** The rows of direct calls under the names of today's libraries, "tflm-reference" for "tflm-reference-direct". */
const RENAMED: readonly CostRow[] = CORTEX_M7_DIRECT_LIBRARIES.flatMap(({ id, costs }) =>
  costs.map((row) => ({ ...row, kernels: id.replace('-direct', '') })),
);

/** Rows of the core whose counted instructions stand for all: those of M4 and M33 are within 3 % of an M7's. */
export const COUNTED_CORE = { costs: RENAMED };
