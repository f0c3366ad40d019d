import type { KernelLibrary } from '../../board/board-parts.ts';
import { countedRows, type CountedKernel } from '../counted-rows.ts';
import { REFERENCE_STREAMS } from '../kernel-streams.ts';
import { TFLM_REFERENCE_O2 } from './tflm-rv64-o2.ts';
import { TFLM_REFERENCE_O3 } from './tflm-rv64-o3.ts';

// @__NO_SIDE_EFFECTS__
function referenceLibrary(id: string, flag: string, counted: readonly CountedKernel[]): KernelLibrary {
  const rows = {
    kernels: id,
    source: `instructions counted for RV64GC, GCC ${flag} (TensorFlow Lite Micro reference kernels)`,
    cpi: { float32: 'cpiFloat32', int8: 'cpiInt8' },
    streams: REFERENCE_STREAMS,
  };
  const costs = countedRows(rows, counted);
  const [version, build] = ['@90b983c2b3f1', `GCC 12.2 ${flag}`];
  return { id, core: 'rv64gc', name: 'TFLite Micro reference kernels', version, build, costs };
}

export const TFLM_REFERENCE_RV64_O2 = referenceLibrary('tflm-reference', '-O2', TFLM_REFERENCE_O2);
export const TFLM_REFERENCE_RV64_O3 = referenceLibrary('tflm-reference-O3', '-O3', TFLM_REFERENCE_O3);
