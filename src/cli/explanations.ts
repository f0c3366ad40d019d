import type { Board } from '../boards/board/board.ts';
import type { Model } from '../models/formats/model.ts';
import { explainDifference, type Difference } from '../report/explanation/difference.ts';
import { explainPrediction, type Explanation } from '../report/explanation/explain.ts';
import { formatDifference, formatExplanation } from '../report/explanation/explanation-text.ts';
import { predict, type PredictOptions } from '../simulate/predict.ts';

/** What `explain --json` prints; the difference stands where two models were given. */
export interface Explanations {
  readonly models: readonly Explanation[];
  readonly difference?: Difference;
}

/** One or two models on a board: the cost of each step, and what makes the difference. */
export function explainModels(
  sources: readonly Model[],
  board: Board,
  options: PredictOptions,
): Explanations {
  const predictions = sources.map((source) => predict(source, board, options));
  const models = predictions.map(explainPrediction);
  const [first, second] = predictions;
  return first && second ? { models, difference: explainDifference(first, second) } : { models };
}

export function formatExplanations({ models, difference }: Explanations): string {
  return difference ? formatDifference(difference) : models.map(formatExplanation).join('\n\n');
}
