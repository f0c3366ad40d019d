import { alikeKernels } from './counted/alike-kernels.ts';
import { CORTEX_M7_CMSIS_NN_O2_FURTHER } from './counted/builds/cortex-m7-cmsis-nn-o2.ts';
import { CORTEX_M7_CMSIS_NN_O3_FURTHER } from './counted/builds/cortex-m7-cmsis-nn-o3.ts';
import { CORTEX_M7_CMSIS_NN_OS_FURTHER } from './counted/builds/cortex-m7-cmsis-nn-os.ts';
import { CORTEX_M7_TFLM_REFERENCE_O2_FURTHER } from './counted/builds/cortex-m7-tflm-reference-o2.ts';
import { CORTEX_M7_TFLM_REFERENCE_O3_FURTHER } from './counted/builds/cortex-m7-tflm-reference-o3.ts';
import { CORTEX_M7_TFLM_REFERENCE_OS_FURTHER } from './counted/builds/cortex-m7-tflm-reference-os.ts';
import { cmsisTable, referenceTable } from './counted/forms-of.ts';
import { setFurtherRows } from './further-rows.ts';
import { OPENMV_LIBTF_ESTIMATED } from './openmv-libtf/libtf-estimated.ts';
import { nncaseNodeCosts } from './maixpy/nncase-nodes.ts';
import { int16Rows, uint8Rows } from './other-types.ts';
import { FUNCTIONS_LIKE_O3 } from './tflm-reference/tflm-m7-functions.ts';
import { MOVES_LIKE_O3 } from './tflm-reference/tflm-m7-moves.ts';
import { TFLM_REFERENCE_M7_O3 } from './tflm-reference/tflm-reference-m7.ts';

const cmsis = (lines: string) => cmsisTable('cortex-m7', lines);

/** Prices of operators that the published network does not have, from now on and in this thread. */
export function loadFurtherRows(): void {
  setFurtherRows({
    tables: {
      'tflm-reference-O2': referenceTable(CORTEX_M7_TFLM_REFERENCE_O2_FURTHER),
      'tflm-reference-O3': referenceTable(CORTEX_M7_TFLM_REFERENCE_O3_FURTHER),
      'tflm-reference-Os': referenceTable(CORTEX_M7_TFLM_REFERENCE_OS_FURTHER),
      'cmsis-nn-O2': cmsis(CORTEX_M7_CMSIS_NN_O2_FURTHER),
      'cmsis-nn-O3': cmsis(CORTEX_M7_CMSIS_NN_O3_FURTHER),
      'cmsis-nn-Os': cmsis(CORTEX_M7_CMSIS_NN_OS_FURTHER),
    },
    libtf: [...OPENMV_LIBTF_ESTIMATED, ...MOVES_LIKE_O3, ...FUNCTIONS_LIKE_O3],
    reference: () => TFLM_REFERENCE_M7_O3.costs,
    alike: alikeKernels,
    int16Rows,
    uint8Rows,
    nodeRows: nncaseNodeCosts,
  });
}
