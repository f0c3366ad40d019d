import type { CalibratedParameter, Constant, Grade } from './board.ts';

/** A constant in one line of board data. */
export function constant(value: number, unit: string, source: string, grade: Grade): Constant {
  return { value, unit, source, grade };
}

/** Maker of constants in doubt, which stand at the mean of their prior until they are fitted. */
export function constantsAtPriors(priors: readonly CalibratedParameter[]) {
  return (path: string, unit: string, grade: Grade): Constant => {
    const prior = priors.find((candidate) => candidate.path === path);
    if (!prior) throw new Error(`no prior for "${path}"`);
    return constant(prior.priorMean, unit, prior.priorSource, grade);
  };
}
