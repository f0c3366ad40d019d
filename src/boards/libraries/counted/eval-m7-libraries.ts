import type { KernelLibrary } from '../../board/board-parts.ts';
import { CORTEX_M7_CMSIS_NN_O2 } from './builds/cortex-m7-cmsis-nn-o2.ts';
import { CORTEX_M7_CMSIS_NN_O3 } from './builds/cortex-m7-cmsis-nn-o3.ts';
import { CORTEX_M7_CMSIS_NN_OS } from './builds/cortex-m7-cmsis-nn-os.ts';
import { CORTEX_M7_TFLM_REFERENCE_O2 } from './builds/cortex-m7-tflm-reference-o2.ts';
import { CORTEX_M7_TFLM_REFERENCE_O3 } from './builds/cortex-m7-tflm-reference-o3.ts';
import { CORTEX_M7_TFLM_REFERENCE_OS } from './builds/cortex-m7-tflm-reference-os.ts';
import { evalLibraries, type EvalBuild } from './eval-library.ts';

/** Kernels of a Cortex-M7 by the compiler's flag, as other cores of its kind have them where nobody counted theirs. */
export const CORTEX_M7_BUILDS = {
  O2: {
    build: 'GCC 12.2 -O2',
    reference: CORTEX_M7_TFLM_REFERENCE_O2,
    cmsis: CORTEX_M7_CMSIS_NN_O2,
  },
  O3: {
    build: 'GCC 12.2 -O3',
    reference: CORTEX_M7_TFLM_REFERENCE_O3,
    cmsis: CORTEX_M7_CMSIS_NN_O3,
  },
  Os: {
    build: 'GCC 12.2 -Os',
    reference: CORTEX_M7_TFLM_REFERENCE_OS,
    cmsis: CORTEX_M7_CMSIS_NN_OS,
  },
} as const satisfies Record<string, Pick<EvalBuild, 'build' | 'reference' | 'cmsis'>>;

const M7 = { core: 'cortex-m7', fpu: 'double' } as const;

/** Nobody counted -Ofast: its rows are those of -O3, and say so. */
function asOfast(library: KernelLibrary): KernelLibrary {
  const id = 'tflm-reference-Ofast';
  const { core, name, version, fpu } = library;
  return {
    ...{ id, core, name, version, build: 'GCC 12.2 -Ofast, as at -O3', ...(fpu && { fpu }) },
    get costs() {
      return library.costs.map((row) => ({ ...row, kernels: id }));
    },
  };
}

const O3: readonly KernelLibrary[] = /* @__PURE__ */ evalLibraries({ ...M7, ...CORTEX_M7_BUILDS.O3 });

/** Kernels of today for a Cortex-M7 with its double-precision unit, by the compiler's flag. */
export const CORTEX_M7_EVAL_LIBRARIES: readonly KernelLibrary[] = /* @__PURE__ */ [
  ...evalLibraries({ ...M7, ...CORTEX_M7_BUILDS.O2 }),
  ...O3,
  ...evalLibraries({ ...M7, ...CORTEX_M7_BUILDS.Os }),
  ...O3.slice(0, 1).map(asOfast),
];
