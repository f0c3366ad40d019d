import type { ClassInstructions } from './op-classes.ts';
import type { Effect, Run } from './effects.ts';
import type { FitRow, LogPrediction, PopulationFit } from './population-fit.ts';
import { mixed } from './mixture.ts';

type Counted = Pick<Run, 'instructions' | 'flagLogs'>;

/** A row that a fit has seen, with its cycles. */
export type Built = Counted & Pick<Run, 'identity'> & { readonly logCycles: number };

/** Places of the flags that were counted, -O2 and -Os, on the line between them. */
const FLAGS = [-1 / 2, 1 / 2] as const;

/**
 * How far counts of one compiler are off those of another, as a logarithm: reference kernels move by 10 to 30 % with
 * where they are inlined (kernel counts, section 0).
 */
const COUNT_SPREAD = 0.2;

/** Cores that start two instructions a cycle (Arm, Cortex-M7 and Cortex-M85 technical overviews); others start one. */
const DUAL_ISSUE = /^cortex-m(7|85)/;

function instructionsAt(instructions: ClassInstructions, flagLogs: readonly number[], place: number): number {
  return instructions.reduce((sum, count, of) => sum + count * Math.exp(place * flagLogs[of]), 0);
}

/** Whether flags move a run by more than counts are off. */
function tellsFlags({ instructions, flagLogs = [] }: Counted): boolean {
  const [fast, small] = FLAGS.map((place) => instructionsAt(instructions, flagLogs, place));
  return Math.abs(Math.log(small / fast)) > COUNT_SPREAD;
}

/** Logarithm of how likely a flag is by a row: no core runs more instructions than it starts. */
function logPossible({ identity, instructions, flagLogs = [], logCycles }: Built, place: number): number {
  const most = logCycles + (DUAL_ISSUE.test(identity.core) ? Math.LN2 : 0);
  const over = Math.log(instructionsAt(instructions, flagLogs, place)) - most;
  return over > 0 ? -((over / COUNT_SPREAD) ** 2) / 2 : 0;
}

/** Weights that sum to 1, of their logarithms. */
function weightsOf(logs: readonly number[]): number[] {
  const most = Math.max(...logs);
  const total = logs.reduce((sum, log) => sum + Math.exp(log - most), 0);
  return logs.map((log) => Math.exp(log - most) / total);
}

/**
 * A run whose compiler flag is not said: what the fit says of it with each flag, weighted by how well the flag goes with
 * the rows of the same build (`built`). The fit takes the flag for a number with a normal prior; the prior is taken out
 * and the flags, equally likely, put in its place.
 */
export function predictByFlags(
  fit: PopulationFit,
  run: FitRow & Counted,
  flag: Effect,
  built: readonly Built[],
  rowSigma: number,
): LogPrediction {
  if (![run, ...built].some(tellsFlags)) return fit.predict(run);
  const { means, covariance } = fit.withEffect(run, flag.name);
  const [mean, at] = means;
  const [[own, shared], [, variance]] = covariance;
  const precision = Math.max(0, 1 / variance - 1);
  const told = precision > 0 ? at / variance / precision : 0;
  const places = FLAGS.map((place) => place / flag.spread);
  const weights = weightsOf(
    places.map(
      (place, of) =>
        (-precision * (place - told) ** 2) / 2 +
        built.reduce((sum, row) => sum + logPossible(row, FLAGS[of]), 0),
    ),
  );
  const left = Math.max(0, own - shared ** 2 / variance) + rowSigma ** 2;
  return mixed(
    places.map((place, of) => ({
      ...{ mean: mean + (shared / variance) * (place - at), sigma: Math.sqrt(left) },
      weight: weights[of],
    })),
  );
}
