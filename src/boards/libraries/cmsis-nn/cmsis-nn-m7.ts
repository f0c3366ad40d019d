import type { CostRow } from '../../board/board.ts';
import type { KernelLibrary } from '../../board/board-parts.ts';
import { untilMoreLoads } from '../../board/loaded-parts.ts';
import { countedRows, renamedRows, type CountedBuild, type CountedKernel } from '../counted-rows.ts';
import { estimatedKernels } from '../estimated-rows.ts';
import { BLOCKED_STREAMS } from '../kernel-streams.ts';
import { CMSIS_MATMUL } from '../matmul-rows.ts';
import { int16Rows } from '../other-types.ts';
import { CMSIS_RECURRENT } from '../recurrent-rows.ts';
import {
  TFLM_REFERENCE_M7_O2,
  TFLM_REFERENCE_M7_O3,
  TFLM_REFERENCE_M7_OS,
} from '../tflm-reference/tflm-reference-m7.ts';
import { CMSIS_FUNCTIONS } from './cmsis-nn-m7-functions.ts';
import { CMSIS_MOVES } from './cmsis-nn-m7-moves.ts';
import { CMSIS_NN_O2 } from './cmsis-nn-m7-o2.ts';
import { CMSIS_NN_O3 } from './cmsis-nn-m7-o3.ts';
import { CMSIS_NN_OS } from './cmsis-nn-m7-os.ts';

const TAKEN = 'CMSIS-NN has no such kernel, TFLite Micro takes its reference';

/** CMSIS-NN has no float kernels: TFLite Micro falls back to its reference kernels, and so do these rows. */
function cmsisRows(
  rows: CountedBuild,
  flag: string,
  counted: readonly CountedKernel[],
  reference: KernelLibrary,
): CostRow[] {
  const id = rows.kernels;
  const estimated = estimatedKernels().filter((kernel) => kernel.dtype === 'int8');
  const whole = [...counted, ...CMSIS_MOVES[flag]];
  // Where operands broadcast, functions fall back to the reference as well.
  const own = countedRows(rows, [...whole, ...CMSIS_FUNCTIONS[flag]]);
  const ops = new Set(whole.map(({ op }) => op));
  const taken = reference.costs.filter(
    ({ op, dtype, grade }) => dtype === 'int8' && grade === 'fitted' && !ops.has(op),
  );
  const int8 = [...own, ...renamedRows(taken, id, TAKEN), ...countedRows(rows, estimated)];
  const int16 = int16Rows(int8);
  const ops16 = new Set(int16.map(({ op }) => op));
  const others = reference.costs.filter(
    ({ op, dtype }) => dtype !== 'int8' && !(dtype === 'int16' && ops16.has(op)),
  );
  return [...int8, ...int16, ...renamedRows(others, id, TAKEN)];
}

// @__NO_SIDE_EFFECTS__
function cmsisLibrary(
  id: string,
  flag: string,
  counted: readonly CountedKernel[],
  reference: KernelLibrary,
): KernelLibrary {
  const [version, build] = ['@99f736a63036', `GCC 12.2 ${flag}`];
  const rows: CountedBuild = {
    kernels: id,
    source: `instruction counts of CMSIS-NN ${version}, cortex-m7 DSP extension, ${build}`,
    cpi: { float32: 'cpiFloat32', int8: 'cpiCmsisNn' },
    streams: BLOCKED_STREAMS,
  };
  const costs = untilMoreLoads(() => cmsisRows(rows, flag, counted, reference));
  return {
    ...{ id, core: 'cortex-m7', name: 'CMSIS-NN, called directly', version, build },
    get costs() {
      return costs();
    },
  };
}

export const CMSIS_NN_M7_O2 = cmsisLibrary(
  'cmsis-nn-direct',
  '-O2',
  [...CMSIS_NN_O2, ...CMSIS_MATMUL.O2, ...CMSIS_RECURRENT.O2],
  TFLM_REFERENCE_M7_O2,
);
export const CMSIS_NN_M7_O3 = cmsisLibrary(
  'cmsis-nn-direct-O3',
  '-O3',
  [...CMSIS_NN_O3, ...CMSIS_MATMUL.O3, ...CMSIS_RECURRENT.O3],
  TFLM_REFERENCE_M7_O3,
);
export const CMSIS_NN_M7_OS = cmsisLibrary(
  'cmsis-nn-direct-Os',
  '-Os',
  [...CMSIS_NN_OS, ...CMSIS_MATMUL.Os, ...CMSIS_RECURRENT.Os],
  TFLM_REFERENCE_M7_OS,
);
