import type { KernelLibrary } from '../../board/board-parts.ts';
import { untilMoreLoads } from '../../board/loaded-parts.ts';
import { renamedRows } from '../counted-rows.ts';
import { CORTEX_M0PLUS_CMSIS_NN_O2 } from './builds/cortex-m0plus-cmsis-nn-o2.ts';
import { CORTEX_M0PLUS_TFLM_REFERENCE_O2 } from './builds/cortex-m0plus-tflm-reference-o2.ts';
import { CORTEX_M7_CMSIS_NN_O2_SP } from './builds/cortex-m7-cmsis-nn-o2-sp.ts';
import { CORTEX_M7_TFLM_REFERENCE_O2_SP } from './builds/cortex-m7-tflm-reference-o2-sp.ts';
import { cmsisTable, referenceTable } from './forms-of.ts';
import { evalLibraries } from './eval-library.ts';
import { RV32IMAC_TFLM_REFERENCE_O2 } from './builds/rv32imac-tflm-reference-o2.ts';
import { countedElsewhere, timesOfM7 } from './unlike-cores.ts';

const O2 = 'GCC -O2';

/** The vendor's kernels by the instructions of CMSIS-NN: their rates are the core's. */
function asVendor(library: KernelLibrary, id: string, name: string): KernelLibrary {
  const { core, build } = library;
  const costs = untilMoreLoads(() => renamedRows(library.costs, id, `${name} was not counted`));
  return {
    ...{ id, core, name, version: 'not counted', build },
    get costs() {
      return costs();
    },
  };
}

function likeM7(core: string, vendor?: readonly [id: string, name: string]): KernelLibrary[] {
  const [reference, cmsis] = evalLibraries({
    ...{
      core,
      fpu: 'single',
      build: O2,
      row: countedElsewhere('on a Cortex-M7 with a single-precision unit'),
    },
    reference: () => referenceTable(CORTEX_M7_TFLM_REFERENCE_O2_SP),
    cmsis: () => cmsisTable('cortex-m7', CORTEX_M7_CMSIS_NN_O2_SP),
  });
  return vendor ? [reference!, asVendor(cmsis!, ...vendor)] : [reference!];
}

const ESP_NN = ['esp-nn', 'ESP-NN'] as const;

/** Kernels of cores of which none was counted, by the instructions of a core that is like them. */
export const LIKE_LIBRARIES: readonly KernelLibrary[] = /* @__PURE__ */ [
  ...likeM7('xtensa-lx6', ESP_NN),
  ...likeM7('xtensa-lx7', ESP_NN),
  ...likeM7('riscv-hp-pie', ESP_NN),
  ...likeM7('gap9-cluster', ['gap-sdk', 'GAP SDK']),
  ...evalLibraries({
    ...{ core: 'xtensa-l106', fpu: 'none', build: O2, row: countedElsewhere('on an RV32IMAC') },
    ...{
      reference: () => referenceTable(RV32IMAC_TFLM_REFERENCE_O2),
      estimate: timesOfM7({ float32: 10, int8: 1 }),
    },
  }),
  ...evalLibraries({
    ...{ core: 'cortex-m3', fpu: 'none', build: O2, row: countedElsewhere('on a Cortex-M0+') },
    ...{
      reference: () => referenceTable(CORTEX_M0PLUS_TFLM_REFERENCE_O2),
      cmsis: () => cmsisTable('cortex-m0plus', CORTEX_M0PLUS_CMSIS_NN_O2),
    },
    estimate: timesOfM7({ float32: 12, int8: 1.4 }),
  }),
];
