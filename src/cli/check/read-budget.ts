import type { Board } from '../../boards/board/board.ts';
import { planTimeline } from '../../deploy/memory-timeline.ts';
import { SpecError } from '../../errors.ts';
import type { Model } from '../../models/formats/model.ts';
import { sideOf } from '../../report/explanation/step-moves.ts';
import { predictWithFacts } from '../../simulate/predict-with-facts.ts';
import type { Prediction } from '../../simulate/prediction.ts';
import { toPredictOptions, type PredictArgs } from '../predict-options.ts';
import type { Limits } from './budget-file.ts';
import type { Reading } from './check-results.ts';

/** A prediction as it is judged and kept, and the prediction itself. */
export interface Measured {
  readonly reading: Reading;
  readonly prediction: Prediction;
}

/** What one budget asks of one model on one board. */
export interface Question {
  /** As the budget names it. */
  readonly name: string;
  readonly model: Model;
  readonly board: Board;
  readonly options: Partial<PredictArgs>;
  readonly limits: Limits;
  readonly dataset: string;
}

/**
 * Everything that the budget's limits speak of. Throws what `predict` throws where the board refuses, and a SpecError
 * where an energy or an accuracy is asked for that nothing is known of.
 */
export async function measure(question: Question): Promise<Measured> {
  const { name, model, board, limits } = question;
  const options = toPredictOptions({ floatFc: false, ...NO_OPTIONS, ...question.options });
  const prediction = predictWithFacts(model, board, options);
  const arenaBytes =
    limits.arenaBytes === undefined ? undefined : planTimeline(model, board, options).arenaBytes;
  const accuracy = limits.accuracy === undefined ? undefined : await accuracyOf(question);
  const energyUj = limits.energyUj === undefined ? undefined : await energyOf(prediction, board);
  const { latencyMs, memory } = prediction;
  const reading: Reading = {
    model: name,
    ...sideOf(prediction),
    latencyMs,
    flashBytes: memory.flashBytes,
    ramBytes: memory.ramBytes,
    ...(arenaBytes !== undefined && { arenaBytes }),
    ...(accuracy !== undefined && { accuracy }),
    ...(energyUj !== undefined && { energyUj }),
  };
  return { reading, prediction };
}

const NO_OPTIONS = {
  ...{ kernels: undefined, clock: undefined, weightsIn: undefined },
  ...{ copyOut: undefined, set: undefined },
};

async function accuracyOf({ name, model, dataset }: Question): Promise<number> {
  const { evaluateOnDataset } = await import('../datasets/evaluation.ts');
  const { isKmodel } = await import('../../models/formats/model.ts');
  if (isKmodel(model)) return (await evaluateOnDataset(model, dataset)).accuracy;
  const { hasOpenWeights } = await import('../../models/specs/synthetic-weights.ts');
  const { requireTrainedWeights } = await import('../trained.ts');
  const trained = hasOpenWeights(model) ? await requireTrainedWeights(model) : model;
  if (trained.nodes.length === 0) throw new SpecError(`${name}: has no operators, so no accuracy`);
  return (await evaluateOnDataset(trained, dataset)).accuracy;
}

async function energyOf({ latencyMs }: Prediction, { id }: Board): Promise<number> {
  const { boardPowerMw } = await import('../../calibrate/board-power.ts');
  const powerMw = boardPowerMw(id);
  if (powerMw !== undefined) return powerMw * latencyMs.value;
  throw new SpecError(
    `energyUj: no published energy is known of board "${id}", so its power is not known; leave energyUj out for it`,
  );
}
