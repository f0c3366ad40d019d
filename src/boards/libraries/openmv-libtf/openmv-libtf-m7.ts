import type { CostRow } from '../../board/board.ts';
import type { KernelLibrary } from '../../board/board-parts.ts';
import { countedRows } from '../counted-rows.ts';
import { ESTIMATED_KERNELS } from '../estimated-rows.ts';
import { BLOCKED_STREAMS, REFERENCE_STREAMS } from '../kernel-streams.ts';
import { uint8Rows } from '../other-types.ts';
import { FUNCTIONS_LIKE_O3 } from '../tflm-reference/tflm-m7-functions.ts';
import { MOVES_LIKE_O3 } from '../tflm-reference/tflm-m7-moves.ts';
import { TFLM_REFERENCE_M7_O3 } from '../tflm-reference/tflm-reference-m7.ts';
import { OPENMV_LIBTF_COUNTED } from './libtf-counted.ts';
import { OPENMV_LIBTF_ESTIMATED } from './libtf-estimated.ts';

const ID = 'openmv-libtf-2020-11';
const ABOUT = {
  kernels: ID,
  source:
    'instruction counts of the libtf.a that OpenMV shipped (openmv/tensorflow-lib @e746257, GCC 7.3.1 -O3)',
  cpi: { float32: 'cpiFloat32', int8: 'cpiCmsisNn' },
};

/** Float kernels walk memory as the reference kernels do, the others as CMSIS-NN's. */
// @__NO_SIDE_EFFECTS__
function libtfRows(): CostRow[] {
  const own = [...OPENMV_LIBTF_COUNTED, ...OPENMV_LIBTF_ESTIMATED];
  const all = [...own, ...MOVES_LIKE_O3, ...FUNCTIONS_LIKE_O3, ...ESTIMATED_KERNELS];
  const blocked = countedRows({ ...ABOUT, streams: BLOCKED_STREAMS }, all);
  const reference = countedRows({ ...ABOUT, streams: REFERENCE_STREAMS }, all);
  const rows = all.map((kernel, index) => (kernel.dtype === 'float32' ? reference[index] : blocked[index]));
  return [...rows, ...uint8Rows(TFLM_REFERENCE_M7_O3.costs, ID)];
}

export const OPENMV_LIBTF_M7: KernelLibrary = {
  id: ID,
  core: 'cortex-m7',
  name: 'libtf.a of OpenMV: TFLite Micro with CMSIS-NN',
  version: '2020-11, openmv/tensorflow-lib @e746257',
  build: 'GCC 7.3.1 -O3',
  costs: libtfRows(),
};
