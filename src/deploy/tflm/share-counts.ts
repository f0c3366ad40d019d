import type { DescribedOp } from '../../kernels/definition/op.ts';

type CountWork = DescribedOp['work'];

let share: (count: CountWork) => CountWork = (count) => count;

/** A count that gives equal calls one object, where that is loaded: pages of the published network alone do without. */
export const shareCounts = (count: CountWork): CountWork => share(count);

/** Loads it, from now on; `enable-operators.ts` calls it. */
export function setShareCounts(shareWork: typeof share): void {
  share = shareWork;
}
