import { Matrix, solve } from 'ml-matrix';
import type { FitRow, LogPrediction, MeasuredFitRow, PopulationFit } from './population-fit.ts';

/** Standard deviations of logarithms: of the factor that all rows of a source share, and of one row. */
interface FactorSpreads {
  readonly inferred: number;
  readonly row: number;
}

/**
 * A run of a source whose clock or unit was inferred: what the fit says of it, conditioned on the source's other rows
 * (`sisters`), which may all be off by one factor. The fit itself learns nothing from them. Rasmussen and Williams 2006,
 * Gaussian Processes for Machine Learning, equations 2.23 and 2.24.
 */
export function predictWithFactor(
  fit: PopulationFit,
  sisters: readonly MeasuredFitRow[],
  run: FitRow,
  { inferred, row }: FactorSpreads,
): LogPrediction {
  const { means, covariance } = fit.joint([...sisters, run]);
  const at = sisters.length;
  const shared = covariance.map((line) => line.map((value) => value + inferred ** 2));
  const own = shared[at][at] + row ** 2;
  if (at === 0) return { mean: means[at], sigma: Math.sqrt(own) };
  const known = new Matrix(shared.slice(0, at).map((line) => line.slice(0, at)));
  known.add(Matrix.eye(at, at, row ** 2));
  const across = Matrix.columnVector(shared[at].slice(0, at));
  const weights = solve(known, across).to1DArray();
  const off = sisters.reduce(
    (sum, { logCycles }, index) => sum + weights[index] * (logCycles - means[index]),
    0,
  );
  const told = weights.reduce((sum, weight, index) => sum + weight * shared[at][index], 0);
  return { mean: means[at] + off, sigma: Math.sqrt(Math.max(row ** 2, own - told)) };
}
