import { Matrix, inverse } from 'ml-matrix';

/** An uncertain quantity: what was believed before the measurements, as mean and standard deviation. */
export interface Prior {
  readonly mean: number;
  /** Its own uncertainty, independent of all others. */
  readonly sigma: number;
  /** Uncertainty that moves all quantities of one group together. */
  readonly shared?: { readonly group: string; readonly sigma: number };
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
 * sum(((y - f(p)) / sigma)^2) + |z|^2, with p = mean + A z and A A' the prior's covariance: one z a parameter and
 * one a group. In units of the prior the normal matrix is well conditioned (its smallest eigenvalue is 1).
 */
export function fitPosterior(priors: readonly Prior[], observations: readonly Observation[]): Posterior {
  const mixing = priorMixing(priors);
  const toParameters = (z: readonly number[]): number[] =>
    priors.map(({ mean }, i) => mean + z.reduce((sum, value, j) => sum + mixing.get(i, j) * value, 0));
  let z = Array.from({ length: mixing.columns }, () => 0);
  let normal = Matrix.eye(mixing.columns);
  for (let iteration = 0; iteration < ITERATIONS && observations.length > 0; iteration++) {
    const at = linearize(observations, toParameters, z);
    const jacobian = new Matrix(at.rows);
    normal = jacobian.transpose().mmul(jacobian).add(Matrix.eye(mixing.columns));
    const target = Matrix.columnVector(at.targets);
    z = inverse(normal).mmul(jacobian.transpose().mmul(target)).to1DArray();
  }
  const covariance = mixing.mmul(inverse(normal)).mmul(mixing.transpose()).to2DArray();
  return { means: toParameters(z), covariance };
}

/** A of p = mean + A z: own uncertainties on the diagonal, then a column for each group. */
function priorMixing(priors: readonly Prior[]): Matrix {
  const groups = [...new Set(priors.flatMap(({ shared }) => (shared ? [shared.group] : [])))];
  const mixing = Matrix.zeros(priors.length, priors.length + groups.length);
  priors.forEach(({ sigma, shared }, i) => {
    mixing.set(i, i, sigma);
    if (shared) mixing.set(i, priors.length + groups.indexOf(shared.group), shared.sigma);
  });
  return mixing;
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
    targets.push((value - base) / sigma + row.reduce((sum, r, j) => sum + r * z[j], 0));
  }
  return { rows, targets };
}
