import type { CostRow } from '../../board/board.ts';
import { countedRows, type KernelLibrary } from '../../libraries/counted-rows.ts';
import { ESTIMATED_KERNELS } from '../../libraries/estimated-rows.ts';
import { REFERENCE_STREAMS } from '../../libraries/kernel-streams.ts';
import { TFLM_REFERENCE_O2 } from '../../libraries/tflm-reference/tflm-rv64-o2.ts';
import { TFLM_REFERENCE_O3 } from '../../libraries/tflm-reference/tflm-rv64-o3.ts';

function referenceLibrary(kernels: string, flag: string): KernelLibrary {
  return {
    kernels,
    source: `instruction counts of TFLite Micro @90b983c2b3f1 reference kernels, rv64gc, GCC 12.2 ${flag}`,
    cpi: { float32: 'cpiFloat32', int8: 'cpiInt8Reference' },
    streams: REFERENCE_STREAMS,
  };
}

/**
 * TFLite Micro's reference kernels on RV64GC. The unit needs the constants `cpiFloat32` and `cpiInt8Reference`;
 * without a data cache the walks of memory cost nothing.
 */
export const RV64_TFLM_COSTS: readonly CostRow[] = [
  ...countedRows(referenceLibrary('tflm-reference', '-O2'), [...TFLM_REFERENCE_O2, ...ESTIMATED_KERNELS]),
  ...countedRows(referenceLibrary('tflm-reference-O3', '-O3'), [...TFLM_REFERENCE_O3, ...ESTIMATED_KERNELS]),
];
