import type { KernelLibrary } from '../../board/board-parts.ts';
import { untilMoreLoads } from '../../board/loaded-parts.ts';
import { countedRows, type CountedKernel } from '../counted-rows.ts';
import { estimatedKernels } from '../estimated-rows.ts';
import { TFLM_MATMUL } from '../matmul-rows.ts';
import { REFERENCE_STREAMS } from '../kernel-streams.ts';
import { int16Rows } from '../other-types.ts';
import { TFLM_RECURRENT } from '../recurrent-rows.ts';
import { FUNCTIONS } from './tflm-m7-functions.ts';
import { MOVES } from './tflm-m7-moves.ts';
import { TFLM_REFERENCE_O2 } from './tflm-m7-o2.ts';
import { TFLM_REFERENCE_O3 } from './tflm-m7-o3.ts';
import { TFLM_REFERENCE_OFAST } from './tflm-m7-ofast.ts';
import { TFLM_REFERENCE_OS } from './tflm-m7-os.ts';

/** Kernels called by themselves, without their operator: another compilation of the same code, which instructions differ by up to twice. */
// @__NO_SIDE_EFFECTS__
function referenceLibrary(id: string, flag: string, counted: readonly CountedKernel[]): KernelLibrary {
  const [version, build] = ['@90b983c2b3f1', `GCC 12.2 ${flag}`];
  const rows = {
    kernels: id,
    source: `instruction counts of TFLite Micro ${version} reference kernels, cortex-m7, ${build}`,
    cpi: { float32: 'cpiFloat32', int8: 'cpiInt8Reference' },
    streams: REFERENCE_STREAMS,
  };
  const costs = untilMoreLoads(() => {
    const kernels = [...counted, ...MOVES[flag], ...FUNCTIONS[flag], ...estimatedKernels()];
    const own = countedRows(rows, kernels);
    return [...own, ...int16Rows(own)];
  });
  return {
    id,
    core: 'cortex-m7',
    name: 'TFLite Micro reference kernels, called directly',
    version,
    build,
    get costs() {
      return costs();
    },
  };
}

export const TFLM_REFERENCE_M7_O2 = referenceLibrary('tflm-reference-direct', '-O2', [
  ...TFLM_REFERENCE_O2,
  ...TFLM_MATMUL.O2,
  ...TFLM_RECURRENT.O2,
]);
export const TFLM_REFERENCE_M7_O3 = referenceLibrary('tflm-reference-direct-O3', '-O3', [
  ...TFLM_REFERENCE_O3,
  ...TFLM_MATMUL.O3,
  ...TFLM_RECURRENT.O3,
]);
export const TFLM_REFERENCE_M7_OS = referenceLibrary('tflm-reference-direct-Os', '-Os', [
  ...TFLM_REFERENCE_OS,
  ...TFLM_MATMUL.Os,
  ...TFLM_RECURRENT.Os,
]);
export const TFLM_REFERENCE_M7_OFAST = referenceLibrary(
  'tflm-reference-direct-Ofast',
  '-Ofast',
  TFLM_REFERENCE_OFAST,
);
