import type { Board, CalibratedParameter, Calibration, Constant } from './board.ts';
import { constantAt, replaceAt } from './constant-paths.ts';

/** Outcome of a fit, as `npm run calibrate` writes it; values and covariance in the order of the parameters. */
export interface PosteriorData {
  readonly values: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly residualMs: number;
}

export type CalibrationScope = Pick<Calibration, 'measurements' | 'parameters' | 'groups' | 'domain'>;

/**
 * The board with its uncertain constants moved from their priors to what the measurements made of them. Each
 * such constant becomes graded "fitted" and keeps the story of its prior in its source.
 */
export function calibrated(board: Board, scope: CalibrationScope, posterior: PosteriorData): Board {
  const { covariance, residualMs, values } = posterior;
  const fitted = scope.parameters.reduce(
    (result, parameter, index) =>
      replaceAt(
        result,
        parameter.path,
        fittedConstant(constantAt(board, parameter.path), parameter, values[index], scope),
      ),
    board,
  );
  return { ...fitted, calibration: { ...scope, covariance, residualMs } };
}

function fittedConstant(
  constant: Constant,
  { priorMean, priorSigma, priorSource }: CalibratedParameter,
  value: number,
  { measurements }: CalibrationScope,
): Constant {
  const source = `fitted to ${measurements}, from a prior of ${priorMean} +- ${priorSigma}: ${priorSource}`;
  return { ...constant, value, source, grade: 'fitted' };
}

/** The board before its own measurements were seen: each fitted constant back at the mean of its prior, without a fit. */
export function withPriors(board: Board): Board {
  const { calibration, ...unfitted } = board;
  return (calibration?.parameters ?? []).reduce<Board>((result, { path, priorMean, priorSource }) => {
    const prior = { value: priorMean, source: priorSource, grade: 'estimated' } as const;
    return replaceAt(result, path, { ...constantAt(result, path), ...prior });
  }, unfitted);
}
