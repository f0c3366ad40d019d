import type { CostRow } from '../../board/board.ts';
import type { KernelLibrary } from '../../board/board-parts.ts';
import { untilMoreLoads } from '../../board/loaded-parts.ts';
import { countedRows } from '../counted-rows.ts';
import { estimatedKernels } from '../estimated-rows.ts';
import { furtherRows } from '../further-rows.ts';
import { BLOCKED_STREAMS, REFERENCE_STREAMS } from '../kernel-streams.ts';
import { OPENMV_LIBTF_COUNTED, OPENMV_LIBTF_OTHER_CONVOLUTIONS } from './libtf-counted.ts';

const ID = 'openmv-libtf-2020-11';
const ABOUT = {
  kernels: ID,
  source:
    'instruction counts of the libtf.a that OpenMV shipped (openmv/tensorflow-lib @e746257, GCC 7.3.1 -O3)',
  cpi: { float32: 'cpiFloat32', int8: 'cpiCmsisNn' },
};

/** Float kernels walk memory as the reference kernels do, the others as CMSIS-NN's. */
function libtfRows(): CostRow[] {
  const { libtf = [], reference: direct, uint8Rows } = furtherRows();
  const estimated = estimatedKernels();
  const all = [...OPENMV_LIBTF_COUNTED, ...OPENMV_LIBTF_OTHER_CONVOLUTIONS, ...libtf, ...estimated];
  const blocked = countedRows({ ...ABOUT, streams: BLOCKED_STREAMS }, all);
  const reference = countedRows({ ...ABOUT, streams: REFERENCE_STREAMS }, all);
  const rows = all.map((kernel, index) => (kernel.dtype === 'float32' ? reference[index] : blocked[index]));
  return direct && uint8Rows ? [...rows, ...uint8Rows(direct(), ID)] : rows;
}

const costs = /* @__PURE__ */ untilMoreLoads(libtfRows);

export const OPENMV_LIBTF_M7: KernelLibrary = {
  id: ID,
  core: 'cortex-m7',
  name: 'libtf.a of OpenMV: TFLite Micro with CMSIS-NN',
  version: '2020-11, openmv/tensorflow-lib @e746257',
  build: 'GCC 7.3.1 -O3',
  get costs() {
    return costs();
  },
};
