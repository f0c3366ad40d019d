import { Matrix, inverse } from 'ml-matrix';

/** A quantity in doubt: what was believed before the measurements, as mean and standard deviation. */
export interface Prior {
  readonly mean: number;
  readonly sigma: number;
}

/** One measurement: its value and standard deviation, and the model that predicts it from the parameters. */
export interface Observation {
  readonly value: number;
  readonly sigma: number;
  readonly model: (parameters: readonly number[]) => number;
}

export interface Posterior {
  readonly means: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** Relative step of the forward differences; the models are linear in nearly every parameter. */
const STEP_SIGMAS = 0.01;
const ITERATIONS = 4;

/**
 * Gaussian posterior of the parameters given priors and measurements, by Gauss-Newton on
 * sum(((y - f(p)) / sigma)^2) + sum(((p - mean) / sigma)^2). Work in units of the prior's sigma keeps the
 * normal matrix well conditioned (its smallest eigenvalue is 1).
 */
export function fitPosterior(priors: readonly Prior[], observations: readonly Observation[]): Posterior {
  const toParameters = (z: readonly number[]): number[] =>
    z.map((v, j) => priors[j]!.mean + v * priors[j]!.sigma);
  let z = priors.map(() => 0);
  let normal = Matrix.eye(priors.length);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const at = linearize(observations, toParameters, z);
    const jacobian = new Matrix(at.rows.length > 0 ? at.rows : [priors.map(() => 0)]);
    normal = jacobian.transpose().mmul(jacobian).add(Matrix.eye(priors.length));
    const target = Matrix.columnVector(at.targets.length > 0 ? at.targets : [0]);
    z = inverse(normal).mmul(jacobian.transpose().mmul(target)).to1DArray();
  }
  const unit = inverse(normal);
  const covariance = priors.map((a, i) => priors.map((b, j) => unit.get(i, j) * a.sigma * b.sigma));
  return { means: toParameters(z), covariance };
}

/** Rows of the weighted Jacobian and weighted targets y - f(z) + J z, so that the next z solves J z = target. */
function linearize(
  observations: readonly Observation[],
  toParameters: (z: readonly number[]) => number[],
  z: readonly number[],
): { rows: number[][]; targets: number[] } {
  const rows: number[][] = [];
  const targets: number[] = [];
  for (const { value, sigma, model } of observations) {
    const base = model(toParameters(z));
    const row = z.map((_, j) => {
      const moved = z.map((v, k) => (k === j ? v + STEP_SIGMAS : v));
      return (model(toParameters(moved)) - base) / STEP_SIGMAS / sigma;
    });
    rows.push(row);
    targets.push((value - base) / sigma + row.reduce((sum, r, j) => sum + r * z[j]!, 0));
  }
  return { rows, targets };
}
