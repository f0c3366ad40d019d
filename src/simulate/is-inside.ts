import type { Board } from '../boards/board/board.ts';
import { factsOf, uncountedFactsOf } from '../deploy/model-facts.ts';
import { isKmodel, type Model } from '../models/formats/model.ts';
import { domainOf } from './domain.ts';

/** Whether `domainOf` calls a model inside, without its reasons: for sweeps, which have no use for them. */
export function isInside(model: Model, dtype: string, board: Board): boolean {
  const { calibration } = board;
  if (calibration === undefined || !calibration.domain.dtypes.includes(dtype)) return false;
  if (!isKmodel(model)) {
    const { ops, kernelSizes } = uncountedFactsOf(model);
    if (!ops.every((op) => calibration.domain.ops.includes(op))) return false;
    if (!kernelSizes.every((k) => calibration.domain.kernelSizes.includes(k))) return false;
  }
  return domainOf(factsOf(model), dtype, board).domain === 'inside';
}
