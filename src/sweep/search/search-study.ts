import type { ResultColumns } from '../batch.ts';
import type { DesignSpace } from '../space.ts';

/** Indices in the full grid that a search asks for, in order; `evaluate` gives the results of some of them. */
export function searchStudy(
  _space: DesignSpace,
  _evaluate: (points: readonly number[]) => ResultColumns,
): Float64Array {
  throw new Error('not yet');
}
