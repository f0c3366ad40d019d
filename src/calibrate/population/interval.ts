import type { Status } from './status.ts';

/** How wide an interval is beyond what the fit's covariance says. */
interface Doubt {
  /** Relative spread of what no effect of the fit stands for. */
  readonly structure: number;
  /** Standard deviations to each end: held-out rows have heavier tails than a normal distribution, 1.645. */
  readonly sigmas: number;
}

/** Chosen on held-out rows of the shared table, so that about 90 % of each kind hold; see docs/accuracy.md. */
const DOUBTS: Readonly<Record<Status, Doubt>> = {
  fitted: { structure: 0.02, sigmas: 2 },
  'new-network': { structure: 0.05, sigmas: 2 },
  'new-board': { structure: 0.08, sigmas: 1.7 },
  'new-engine': { structure: 0.08, sigmas: 2 },
  estimate: { structure: 0.1, sigmas: 2.1 },
};

/** Half of a 90 % interval of a logarithm whose fit has this standard deviation. */
export function halfWidth(status: Status, sigma: number): number {
  const { structure, sigmas } = DOUBTS[status];
  return sigmas * Math.hypot(sigma, structure);
}
