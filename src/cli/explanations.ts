import type { Board } from '../boards/board/board.ts';
import type { Model } from '../models/formats/model.ts';
import { explainDifference, type Difference } from '../report/explanation/difference.ts';
import { explainPrediction, type Explanation } from '../report/explanation/explain.ts';
import { formatDifference, formatExplanation } from '../report/explanation/explanation-text.ts';
import { formatRefusals } from '../report/refusals-text.ts';
import { predict, type PredictOptions } from '../simulate/predict.ts';
import type { BoardAnswers } from './boards/ask-boards.ts';

/** One or two models on one board; the difference stands where two were given. */
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

/**
 * What `explain --json` prints: models and difference of one board; where several were asked, the models on each of them,
 * a difference for each, and who refuses.
 */
export function explanationDocument({ answers, refused }: BoardAnswers<Explanations>, asked: number): object {
  if (asked === 1) return answers[0];
  const differences = answers.flatMap(({ difference }) => (difference ? [difference] : []));
  return {
    models: answers.flatMap(({ models }) => models),
    ...(differences.length > 0 && { differences }),
    refused,
  };
}

/** What each board says, then a row for each that refuses. */
export function formatAnswers({ answers, refused }: BoardAnswers<Explanations>, rows: number): string {
  return [...answers.map((one) => formatExplanations(one, rows)), ...formatRefusals(refused)].join('\n\n');
}

function formatExplanations({ models, difference }: Explanations, rows: number): string {
  if (difference) return formatDifference(difference, rows);
  return models.map((model) => formatExplanation(model, rows)).join('\n\n');
}
