import type { Board, BoardDoubt } from '../boards/board/board.ts';
import type { ModelFacts } from '../deploy/model-facts.ts';

export interface Domain {
  readonly domain: 'inside' | 'extrapolated';
  readonly why?: string;
}

const list = (values: Iterable<unknown>): string => [...values].join(', ');

/** How sure a board is that nobody measured enough to fit, in words. */
export function describeDoubt({ factor, grade, source }: BoardDoubt): string {
  const fitted = grade === 'estimate' ? '' : ', not fitted to this board';
  return `estimate, x/÷ ${factor} or more${fitted}: ${source}`;
}

/** Whether a model lies inside what the board's calibration measured, and if not, the first reasons in words. */
export function domainOf(
  model: ModelFacts,
  dtype: string,
  { calibration, doubt }: Pick<Board, 'calibration' | 'doubt'>,
): Domain {
  if (calibration === undefined)
    return {
      domain: 'extrapolated',
      why: doubt ? describeDoubt(doubt) : 'no measurement of this board was fitted',
    };
  const { ops, dtypes, maxMacs, kernelSizes } = calibration.domain;
  const reasons: string[] = [];
  const newOps = new Set(model.ops.filter((op) => !ops.includes(op)));
  if (newOps.size > 0) reasons.push(`no measurement covers ${list(newOps)}`);
  if (!dtypes.includes(dtype)) reasons.push(`measured in ${list(dtypes)}, not in ${dtype}`);
  const sizes = new Set(model.kernelSizes.filter((k) => !kernelSizes.includes(k)));
  if (sizes.size > 0) reasons.push(`measured with kernels of ${list(kernelSizes)}, not ${list(sizes)}`);
  if (model.macs > maxMacs) reasons.push(`${model.macs} MACs; the measurements end at ${maxMacs}`);
  return reasons.length === 0 ? { domain: 'inside' } : { domain: 'extrapolated', why: reasons.join('; ') };
}
