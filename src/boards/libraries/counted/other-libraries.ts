import type { KernelLibrary } from '../../board/board-parts.ts';
import { CORTEX_M0PLUS_CMSIS_NN_O2 } from './builds/cortex-m0plus-cmsis-nn-o2.ts';
import { CORTEX_M0PLUS_CMSIS_NN_OS } from './builds/cortex-m0plus-cmsis-nn-os.ts';
import { CORTEX_M0PLUS_TFLM_REFERENCE_O2 } from './builds/cortex-m0plus-tflm-reference-o2.ts';
import { CORTEX_M0PLUS_TFLM_REFERENCE_OS } from './builds/cortex-m0plus-tflm-reference-os.ts';
import { CORTEX_M33_CMSIS_NN_O2 } from './builds/cortex-m33-cmsis-nn-o2.ts';
import { CORTEX_M33_TFLM_REFERENCE_O2 } from './builds/cortex-m33-tflm-reference-o2.ts';
import { CORTEX_M4_CMSIS_NN_O2 } from './builds/cortex-m4-cmsis-nn-o2.ts';
import { CORTEX_M4_TFLM_REFERENCE_O2 } from './builds/cortex-m4-tflm-reference-o2.ts';
import { CORTEX_M55_CMSIS_NN_O2 } from './builds/cortex-m55-cmsis-nn-o2.ts';
import { CORTEX_M55_CMSIS_NN_OS } from './builds/cortex-m55-cmsis-nn-os.ts';
import { CORTEX_M55_TFLM_REFERENCE_O2 } from './builds/cortex-m55-tflm-reference-o2.ts';
import { CORTEX_M55_TFLM_REFERENCE_OS } from './builds/cortex-m55-tflm-reference-os.ts';
import { CORTEX_M7_BUILDS } from './eval-m7-libraries.ts';
import { CORTEX_M7_CMSIS_NN_O2_SP } from './builds/cortex-m7-cmsis-nn-o2-sp.ts';
import { CORTEX_M7_TFLM_REFERENCE_O2_SP } from './builds/cortex-m7-tflm-reference-o2-sp.ts';
import { cmsisTable, referenceTable } from './forms-of.ts';
import { evalLibraries, type EvalBuild } from './eval-library.ts';
import { RV32IMAC_TFLM_REFERENCE_O2 } from './builds/rv32imac-tflm-reference-o2.ts';
import { RV32IMAC_TFLM_REFERENCE_OS } from './builds/rv32imac-tflm-reference-os.ts';
import { countedElsewhere, timesOfM7 } from './unlike-cores.ts';

const O2 = 'GCC 12.2 -O2';
const OS = 'GCC 12.2 -Os';

/** Counted at -O2; with another flag as a Cortex-M7, whose instructions are the same within a few percent at -O2. */
function likeM7(counted: EvalBuild): KernelLibrary[] {
  const { core, fpu } = counted;
  const others = [CORTEX_M7_BUILDS.O3, CORTEX_M7_BUILDS.Os].flatMap((build) =>
    evalLibraries({
      core,
      fpu,
      ...build,
      row: countedElsewhere('on a Cortex-M7 with a double-precision unit'),
    }),
  );
  return [...evalLibraries(counted), ...others];
}

/** Kernels of today for the cores other than a Cortex-M7 with its double-precision unit. */
export const OTHER_EVAL_LIBRARIES: readonly KernelLibrary[] = /* @__PURE__ */ [
  ...likeM7({
    ...{ core: 'cortex-m7', fpu: 'single', build: O2 },
    reference: () => referenceTable(CORTEX_M7_TFLM_REFERENCE_O2_SP),
    cmsis: () => cmsisTable('cortex-m7', CORTEX_M7_CMSIS_NN_O2_SP),
  }),
  ...likeM7({
    ...{ core: 'cortex-m4', fpu: 'single', build: O2 },
    reference: () => referenceTable(CORTEX_M4_TFLM_REFERENCE_O2),
    cmsis: () => cmsisTable('cortex-m4', CORTEX_M4_CMSIS_NN_O2),
  }),
  ...likeM7({
    ...{ core: 'cortex-m33', fpu: 'single', build: O2 },
    reference: () => referenceTable(CORTEX_M33_TFLM_REFERENCE_O2),
    cmsis: () => cmsisTable('cortex-m33', CORTEX_M33_CMSIS_NN_O2),
  }),
  ...evalLibraries({
    ...{ core: 'cortex-m55', fpu: 'double', build: O2 },
    reference: () => referenceTable(CORTEX_M55_TFLM_REFERENCE_O2),
    cmsis: () => cmsisTable('cortex-m55', CORTEX_M55_CMSIS_NN_O2),
  }),
  ...evalLibraries({
    ...{ core: 'cortex-m55', fpu: 'double', build: OS },
    reference: () => referenceTable(CORTEX_M55_TFLM_REFERENCE_OS),
    cmsis: () => cmsisTable('cortex-m55', CORTEX_M55_CMSIS_NN_OS),
  }),
  ...[
    {
      build: O2,
      reference: () => referenceTable(CORTEX_M0PLUS_TFLM_REFERENCE_O2),
      cmsis: () => cmsisTable('cortex-m0plus', CORTEX_M0PLUS_CMSIS_NN_O2),
    },
    {
      build: OS,
      reference: () => referenceTable(CORTEX_M0PLUS_TFLM_REFERENCE_OS),
      cmsis: () => cmsisTable('cortex-m0plus', CORTEX_M0PLUS_CMSIS_NN_OS),
    },
  ].flatMap((build) =>
    evalLibraries({
      ...{ core: 'cortex-m0plus', fpu: 'none', estimate: timesOfM7({ float32: 12, int8: 1.4 }) },
      ...build,
    }),
  ),
  ...[
    { build: O2, reference: () => referenceTable(RV32IMAC_TFLM_REFERENCE_O2) },
    { build: OS, reference: () => referenceTable(RV32IMAC_TFLM_REFERENCE_OS) },
  ].flatMap((build) =>
    evalLibraries({
      ...{ core: 'rv32imac', fpu: 'none', estimate: timesOfM7({ float32: 10, int8: 1 }) },
      ...build,
    }),
  ),
];
