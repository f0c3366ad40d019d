import { ESTIMATED_TYPES } from '../../kernels/definition/tflm.ts';
import { loadedOps } from '../../kernels/registry.ts';
import { untilMoreLoads } from '../board/loaded-parts.ts';
import type { CountedKernel } from './counted-rows.ts';

function estimatesOf(dtype: (typeof ESTIMATED_TYPES)[number]): CountedKernel[] {
  return loadedOps().flatMap(({ type, estimates }): CountedKernel[] => {
    const estimate = estimates?.[dtype];
    if (estimate === undefined) return [];
    const source = `not counted; estimated by likeness to ${estimate.likeness}`;
    return [{ op: type, dtype, instructions: estimate.instructions, grade: 'estimated', source }];
  });
}

/**
 * Instructions of operators whose kernels nobody counted, of those that are loaded: an estimate an element, by likeness to
 * a counted kernel that does the same kind of work. Expect errors of tens of percent; on CNNs such operators are a small
 * share.
 */
export const estimatedKernels: () => readonly CountedKernel[] = /* @__PURE__ */ untilMoreLoads(() =>
  ESTIMATED_TYPES.flatMap(estimatesOf),
);
