import { ESTIMATED_TYPES } from '../../kernels/definition/tflm.ts';
import { OPS } from '../../kernels/index.ts';
import type { CountedKernel } from './counted-rows.ts';

function estimatesOf(dtype: (typeof ESTIMATED_TYPES)[number]): CountedKernel[] {
  return Object.values(OPS).flatMap(({ type, estimates }): CountedKernel[] => {
    const estimate = estimates?.[dtype];
    if (estimate === undefined) return [];
    const source = `not counted; estimated by likeness to ${estimate.likeness}`;
    return [{ op: type, dtype, instructions: estimate.instructions, grade: 'estimated', source }];
  });
}

/**
 * Instructions of operators whose kernels nobody counted: an estimate an element, by likeness to a counted kernel
 * that does the same kind of work. Expect errors of tens of percent; on CNNs such operators are a small share.
 */
export const ESTIMATED_KERNELS: readonly CountedKernel[] = ESTIMATED_TYPES.flatMap(estimatesOf);
