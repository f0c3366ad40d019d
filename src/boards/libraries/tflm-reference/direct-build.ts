import type { CountedBuild } from '../counted-rows.ts';
import { REFERENCE_STREAMS } from '../kernel-streams.ts';

/** The reference kernels as direct calls of them were counted. */
export const DIRECT_VERSION = '@90b983c2b3f1';

/** Of a compiler and its flag, "GCC 12.2 -O3". */
// @__NO_SIDE_EFFECTS__
export function directBuild(kernels: string, build: string): CountedBuild {
  return {
    kernels,
    source: `instruction counts of TFLite Micro ${DIRECT_VERSION} reference kernels, cortex-m7, ${build}`,
    cpi: { float32: 'cpiFloat32', int8: 'cpiInt8Reference' },
    streams: REFERENCE_STREAMS,
  };
}
