import type { Effect, Run } from './effects.ts';
import { COUNT_SPREAD, FLAGS, instructionsAt, mixFlags, tellsFlags } from './flag-parts.ts';
import type { FitRow, LogPrediction, PopulationFit } from './population-fit.ts';

type Counted = Pick<Run, 'instructions' | 'flagLogs'>;

/** A row that a fit has seen, with its cycles. */
export type Built = Counted & Pick<Run, 'identity'> & { readonly logCycles: number };

/** Cores that start two instructions a cycle (Arm, Cortex-M7 and Cortex-M85 technical overviews); others start one. */
const DUAL_ISSUE = /^cortex-m(7|85)/;

/** Logarithm of how likely a flag is by a row: no core runs more instructions than it starts. */
function logPossible(row: Built, place: number): number {
  const most = row.logCycles + (DUAL_ISSUE.test(row.identity.core) ? Math.LN2 : 0);
  const over = Math.log(instructionsAt(row, place)) - most;
  return over > 0 ? -((over / COUNT_SPREAD) ** 2) / 2 : 0;
}

/** Weights that sum to 1, of their logarithms. */
function weightsOf(logs: readonly number[]): number[] {
  const most = Math.max(...logs);
  const total = logs.reduce((sum, log) => sum + Math.exp(log - most), 0);
  return logs.map((log) => Math.exp(log - most) / total);
}

/** A build's flag as a fit takes it: a number with a normal prior, its mean and variance in units of its spread. */
export interface FittedFlag {
  readonly at: number;
  readonly variance: number;
}

/**
 * How likely each flag is by how well it goes with the rows of the build (`built`): the prior of the number is taken out and
 * the flags, equally likely, put in its place.
 */
export function flagWeights(
  { at, variance }: FittedFlag,
  { spread }: Pick<Effect, 'spread'>,
  built: readonly Built[],
): number[] {
  const precision = Math.max(0, 1 / variance - 1);
  const told = precision > 0 ? at / variance / precision : 0;
  return weightsOf(
    FLAGS.map(
      (place) =>
        (-precision * (place / spread - told) ** 2) / 2 +
        built.reduce((sum, row) => sum + logPossible(row, place), 0),
    ),
  );
}

/** A run whose compiler flag is not said: what the fit says of it with each flag, by the flags' weights. */
export function predictByFlags(
  fit: PopulationFit,
  run: FitRow & Counted,
  flag: Effect,
  built: readonly Built[],
  rowSigma: number,
): LogPrediction {
  if (![run, ...built].some(tellsFlags)) return fit.predict(run);
  const { means, covariance } = fit.withEffect([run], flag.name);
  const [mean, at] = means;
  const [[own, shared], [, variance]] = covariance;
  const left = Math.max(0, own - shared ** 2 / variance) + rowSigma ** 2;
  return mixFlags(
    { mean, at, slope: shared / variance, variance: left, spread: flag.spread },
    flagWeights({ at, variance }, flag, built),
  );
}
