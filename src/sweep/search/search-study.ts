import { numbersOf, type ResultColumns } from '../study/batch.ts';
import type { DesignSpace } from '../study/space.ts';
import type { Scored } from './dominance.ts';
import { searchGrid } from './nsga2.ts';

const POPULATION = 100;
const FAILED = 2;
const UNMET = 1;
/** Beyond all costs, and finite, so that differences are numbers. */
const UNKNOWN = 1e300;

/**
 * Points of the full grid that a study's search asks for, in order; `evaluate` gives the results of some of them.
 * A figure that is not known (accuracy that was never trained) is worse than any that is.
 */
export function searchStudy(
  { axes, sampling, objectives }: DesignSpace,
  evaluate: (points: readonly number[]) => ResultColumns,
): Float64Array {
  if (sampling.method !== 'search') throw new Error('the study is no search');
  const { points, seed, population = POPULATION } = sampling;
  const score = (asked: readonly number[]): Scored[] => {
    const results = evaluate(asked);
    const [ok, meets] = [numbersOf(results, 'ok'), numbersOf(results, 'meets')];
    const metrics = objectives.map(({ metric, goal }) => ({ values: numbersOf(results, metric), goal }));
    return asked.map((_, row) => ({
      violation: ok[row] === 0 ? FAILED : meets[row] === 0 ? UNMET : 0,
      costs: metrics.map(({ values, goal }) => costOf(values[row], goal)),
    }));
  };
  return searchGrid({
    bases: axes.map(({ values }) => values.length),
    ...{ points, seed, population, evaluate: score },
  });
}

function costOf(value: number, goal: 'min' | 'max'): number {
  if (Number.isNaN(value)) return UNKNOWN;
  return goal === 'min' ? value : -value;
}
