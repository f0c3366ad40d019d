import type { Board } from '../boards/board/board.ts';
import type { Model } from '../models/formats/model.ts';
import { predict, type PredictOptions } from './predict.ts';
import type { Prediction } from './prediction.ts';
import { withFacts } from './step-facts.ts';

/** `predict`, and each step says what it works on and with. Throws as `predict`. */
export function predictWithFacts(model: Model, board: Board, options: PredictOptions = {}): Prediction {
  return predict(model, board, { ...options, describeSteps: withFacts });
}
