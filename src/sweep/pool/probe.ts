import { createEvaluator } from '../evaluate/evaluator.ts';
import type { SweepPlan } from '../study/run-plan.ts';
import { crc32 } from '../../models/formats/crc32.ts';
import { encodePart } from '../store/parquet-file.ts';

const PROBE_POINTS = 32;

/**
 * Checksum of the results of a plan's first points. Two builds that give another one must not share a sweep. 0 for a
 * search, whose points follow from all of its results.
 */
export function probeOf(plan: SweepPlan): number {
  if (plan.space.sampling.method === 'search') return 0;
  const to = Math.min(plan.points, PROBE_POINTS);
  return crc32(encodePart(createEvaluator(plan.space, plan.boards).evaluate(0, to), {}).bytes);
}
