import type { Estimates } from '../../kernels/definition/tflm.ts';
import { OPS } from '../../kernels/index.ts';
import type { CountedKernel } from './counted-rows.ts';

const TYPES = ['float32', 'int8', 'any'] as const satisfies readonly (keyof Estimates)[];

function estimatesOf(dtype: (typeof TYPES)[number]): CountedKernel[] {
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
export const ESTIMATED_KERNELS: readonly CountedKernel[] = TYPES.flatMap(estimatesOf);
