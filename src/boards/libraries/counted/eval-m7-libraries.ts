import type { KernelLibrary } from '../../board/board-parts.ts';
import { untilMoreLoads } from '../../board/loaded-parts.ts';
import { CORTEX_M7_CMSIS_NN_O2 } from './builds/cortex-m7-cmsis-nn-o2.ts';
import { CORTEX_M7_CMSIS_NN_O3 } from './builds/cortex-m7-cmsis-nn-o3.ts';
import { CORTEX_M7_CMSIS_NN_OS } from './builds/cortex-m7-cmsis-nn-os.ts';
import { CORTEX_M7_TFLM_REFERENCE_O2 } from './builds/cortex-m7-tflm-reference-o2.ts';
import { CORTEX_M7_TFLM_REFERENCE_O3 } from './builds/cortex-m7-tflm-reference-o3.ts';
import { CORTEX_M7_TFLM_REFERENCE_OS } from './builds/cortex-m7-tflm-reference-os.ts';
import { evalLibraries, type EvalBuild } from './eval-library.ts';
import { PUBLISHED_DSP_FORMS, PUBLISHED_REFERENCE_FORMS } from './published-forms.ts';
import { publishedTable } from './published-table.ts';

// @__NO_SIDE_EFFECTS__
const reference = (flag: string, lines: string) =>
  publishedTable(`tflm-reference-${flag}`, { forms: PUBLISHED_REFERENCE_FORMS, lines });

// @__NO_SIDE_EFFECTS__
const cmsis = (flag: string, lines: string) =>
  publishedTable(`cmsis-nn-${flag}`, {
    forms: PUBLISHED_DSP_FORMS + PUBLISHED_REFERENCE_FORMS.trimStart(),
    lines,
  });

/** Kernels of a Cortex-M7 by the compiler's flag, as other cores of its kind have them where nobody counted theirs. */
export const CORTEX_M7_BUILDS = {
  O2: {
    build: 'GCC 12.2 -O2',
    reference: reference('O2', CORTEX_M7_TFLM_REFERENCE_O2),
    cmsis: cmsis('O2', CORTEX_M7_CMSIS_NN_O2),
  },
  O3: {
    build: 'GCC 12.2 -O3',
    reference: reference('O3', CORTEX_M7_TFLM_REFERENCE_O3),
    cmsis: cmsis('O3', CORTEX_M7_CMSIS_NN_O3),
  },
  Os: {
    build: 'GCC 12.2 -Os',
    reference: reference('Os', CORTEX_M7_TFLM_REFERENCE_OS),
    cmsis: cmsis('Os', CORTEX_M7_CMSIS_NN_OS),
  },
} as const satisfies Record<string, Pick<EvalBuild, 'build' | 'reference' | 'cmsis'>>;

const M7 = { core: 'cortex-m7', fpu: 'double' } as const;

/** Nobody counted -Ofast: its rows are those of -O3, and say so. */
function asOfast(library: KernelLibrary): KernelLibrary {
  const id = 'tflm-reference-Ofast';
  const { core, name, version, fpu } = library;
  const costs = untilMoreLoads(() => library.costs.map((row) => ({ ...row, kernels: id })));
  return {
    ...{ id, core, name, version, build: 'GCC 12.2 -Ofast, as at -O3', ...(fpu && { fpu }) },
    get costs() {
      return costs();
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
