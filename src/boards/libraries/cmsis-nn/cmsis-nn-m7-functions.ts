import type { CountedKernel } from '../counted-rows.ts';

// Instructions of kernels of a CMSIS-NN build that compute element by element on operands of one shape, Cortex-M7 (DSP
// extension), fitted to data/instruction-counts-2.csv. Broadcasts and float32 are the reference's loops, compiled anew.
// Compared with the counts by `function-rows.test.ts`.

/** GCC 12.2 -O2. */
const FUNCTIONS_O2: readonly CountedKernel[] = [
  { op: 'MUL', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 35.87, '1': 710.2 } },
  { op: 'MAXIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 11, '1': 735 } },
  { op: 'MAXIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 8, '1': 508 } },
  { op: 'MINIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 12, '1': 735 } },
  { op: 'MINIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 8, '1': 508 } },
];

/** GCC 12.2 -O3. */
const FUNCTIONS_O3: readonly CountedKernel[] = [
  { op: 'MUL', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 36.12, '1': 697.2 } },
  { op: 'MAXIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 11, '1': 705 } },
  { op: 'MAXIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 8, '1': 480 } },
  { op: 'MINIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 12, '1': 705 } },
  { op: 'MINIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 8, '1': 480 } },
];

/** GCC 12.2 -Os. */
const FUNCTIONS_OS: readonly CountedKernel[] = [
  { op: 'MUL', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 36.75, '1': 795 } },
  { op: 'MAXIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 12, '1': 839 } },
  { op: 'MAXIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 10, '1': 574 } },
  { op: 'MINIMUM', dtype: 'float32', when: { broadcastRows: 0 }, instructions: { elements: 13, '1': 839 } },
  { op: 'MINIMUM', dtype: 'int8', when: { broadcastRows: 0 }, instructions: { elements: 10, '1': 574 } },
];

/** By the compiler's flag. */
export const CMSIS_FUNCTIONS: Readonly<Record<string, readonly CountedKernel[]>> = {
  '-O2': FUNCTIONS_O2,
  '-O3': FUNCTIONS_O3,
  '-Os': FUNCTIONS_OS,
};
