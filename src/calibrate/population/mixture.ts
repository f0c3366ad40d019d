import type { LogPrediction } from './population-fit.ts';

/** One of several predictions, of which one holds; weights sum to 1. */
export interface Part extends LogPrediction {
  readonly weight: number;
}

/** Share of a normal distribution below z; Abramowitz and Stegun 1964, 7.1.26: off by at most 1e-7. */
function shareBelow(z: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(z)) / Math.SQRT2);
  const terms = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  const series = terms.reduce((sum, term) => (sum + term) * t, 0);
  const tail = (series * Math.exp((-z * z) / 2)) / 2;
  return z > 0 ? 1 - tail : tail;
}

/** Standard deviations within which all of a part lies, and halvings of that range: far below a doubt. */
const REACH = 9;
const HALVINGS = 50;

function medianOf(parts: readonly Part[]): number {
  let low = Math.min(...parts.map(({ mean, sigma }) => mean - REACH * sigma));
  let high = Math.max(...parts.map(({ mean, sigma }) => mean + REACH * sigma));
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    const below = parts.reduce(
      (sum, { mean, sigma, weight }) => sum + weight * shareBelow((middle - mean) / sigma),
      0,
    );
    if (below < 1 / 2) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** One prediction in place of several: their median, and the root of the mean square distance from it. */
export function mixed(parts: readonly Part[]): LogPrediction {
  const mean = medianOf(parts);
  const variance = parts.reduce(
    (sum, { weight, mean: at, sigma }) => sum + weight * (sigma ** 2 + (at - mean) ** 2),
    0,
  );
  return { mean, sigma: Math.sqrt(variance) };
}
