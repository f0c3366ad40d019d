import type { Cause } from './causes.ts';

/** A setting with how likely it is, and the 90 % interval of its time. */
export interface Diagnosis {
  readonly settings: string;
  readonly probability: number;
  readonly predictedMs: number;
  readonly lowMs: number;
  readonly highMs: number;
  /** Command line that checks it. */
  readonly command: string;
}

export interface Diagnoses {
  readonly measuredMs: number;
  readonly asIsMs: number;
  /** Most likely first. */
  readonly causes: readonly Diagnosis[];
  /** That the settings are as said, or that it is something else than any of these. */
  readonly noneProbability: number;
}

/** Relative spread of a timing. */
const TIMING_SIGMA = 0.03;
const NORMAL_90 = 1.6449;
/** Weight of nothing being other than said, against a cause that is as likely as the next: most boards are as said. */
const AS_SAID_WEIGHT = 8;
/** Weight of something that no cause stands for, at any time within a factor of a thousand. */
const UNKNOWN_WEIGHT = 1;
const UNKNOWN_RANGE = 2 * Math.log(1000);
/** Causes whose times are so near are of one effect: changes that leave the time as it is explain nothing. */
const NO_EFFECT = 0.02;

function density(off: number, sigma: number): number {
  return Math.exp(-((off / sigma) ** 2) / 2) / (sigma * Math.sqrt(2 * Math.PI));
}

/**
 * Which settings a measured time speaks for: each cause by how well its time fits and how often it is so. `boardSigma` is
 * the relative spread of the board's predictions.
 */
export function diagnose(
  measuredMs: number,
  asIsMs: number,
  boardSigma: number,
  causes: readonly Cause[],
): Diagnoses {
  const sigmaOf = (spread: number): number => Math.hypot(TIMING_SIGMA, boardSigma, spread);
  const effective = causes.filter(({ predictedMs }) => Math.abs(Math.log(predictedMs / asIsMs)) > NO_EFFECT);
  const scores = effective.map(
    ({ predictedMs, spread, weight }) =>
      weight * density(Math.log(measuredMs / predictedMs), sigmaOf(spread)),
  );
  const asSaid = AS_SAID_WEIGHT * density(Math.log(measuredMs / asIsMs), sigmaOf(0));
  const unknown = UNKNOWN_WEIGHT / UNKNOWN_RANGE;
  const total = scores.reduce((sum, score) => sum + score, asSaid + unknown);
  return {
    measuredMs,
    asIsMs,
    causes: effective
      .map(({ settings, predictedMs, spread, check }, index) => ({
        ...{ settings, probability: scores[index] / total, predictedMs },
        lowMs: predictedMs * Math.exp(-NORMAL_90 * sigmaOf(spread)),
        highMs: predictedMs * Math.exp(NORMAL_90 * sigmaOf(spread)),
        command: `inferscope ${check}`,
      }))
      .sort((a, b) => b.probability - a.probability),
    noneProbability: (asSaid + unknown) / total,
  };
}
