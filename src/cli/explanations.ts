import type { Board } from '../boards/board/board.ts';
import type { Model } from '../models/formats/model.ts';
import { explainDifference, type Difference } from '../report/explanation/difference.ts';
import { explainPrediction, type Explanation } from '../report/explanation/explain.ts';
import {
  formatDifference,
  formatExplanation,
  formatLatencies,
} from '../report/explanation/explanation-text.ts';
import { formatRefusals } from '../report/refusals-text.ts';
import { chooseSteps, type StepChoice } from '../report/layer-rows.ts';
import type { PredictOptions } from '../simulate/predict.ts';
import { predictWithFacts } from '../simulate/predict-with-facts.ts';
import type { Prediction } from '../simulate/prediction.ts';
import type { BoardAnswers } from './boards/ask-boards.ts';

/** Models on one board; a difference from each model to the next. */
export interface Explanations {
  readonly models: readonly Explanation[];
  readonly differences: readonly Difference[];
}

/** Models on a board: the cost of each step, and what makes the difference from each to the next. */
export function explainModels(
  sources: readonly Model[],
  board: Board,
  options: PredictOptions,
): Explanations & { readonly predictions: readonly Prediction[] } {
  const predictions = sources.map((source) => predictWithFacts(source, board, options));
  return { predictions, models: predictions.map(explainPrediction), differences: chain(predictions) };
}

function chain(predictions: readonly Prediction[]): Difference[] {
  return predictions.slice(1).map((after, at) => explainDifference(predictions[at], after));
}

/** What makes the difference from each board to the next, model by model. */
export function acrossBoards(
  answers: readonly { readonly predictions: readonly Prediction[] }[],
): Difference[] {
  const models = answers[0]?.predictions.length ?? 0;
  return Array.from({ length: models }, (_, at) =>
    chain(answers.map(({ predictions }) => predictions[at])),
  ).flat();
}

/**
 * What `explain --json` prints: models and difference of one board; where several boards or more than two models were
 * asked, the models on each board, every difference, and who refuses.
 */
export function explanationDocument(
  { answers, refused }: BoardAnswers<Explanations>,
  across: readonly Difference[],
  asked: number,
): object {
  const models = answers.flatMap((one) => one.models);
  const differences = [...answers.flatMap((one) => one.differences), ...across];
  if (asked === 1 && differences.length <= 1) {
    return { models, ...(differences.length === 1 && { difference: withParts(differences[0]) }) };
  }
  return { models, ...(differences.length > 0 && { differences: differences.map(withParts) }), refused };
}

/** The steps of a difference that are asked for: of the most ms, whichever way they move, or the first ones. */
function chosenSteps(difference: Difference, { sort, top }: StepChoice): Difference {
  const steps = [...difference.steps];
  if (sort === 'ms') steps.sort((a, b) => Math.abs(b.deltaMs) - Math.abs(a.deltaMs));
  return { ...difference, steps: steps.slice(0, top ?? steps.length) };
}

/** A difference with its parts, each with the first rule behind it; they add up to the total. */
function withParts(difference: Difference): object {
  const parts = difference.moves.map(({ what, deltaMs, causes }) => ({
    ...{ op: what, ms: deltaMs, rule: causes[0]?.rule ?? null },
  }));
  return { ...difference, totalMs: difference.deltaMs, parts };
}

/** What each board says, then the differences between boards, then a row for each that refuses. */
export function formatAnswers(
  { answers, refused }: BoardAnswers<Explanations>,
  across: readonly Difference[],
  { rows, sort, top }: StepChoice & { readonly rows: number },
): string {
  const models = answers.flatMap((one) => one.models);
  const differences = [...answers.flatMap((one) => one.differences), ...across];
  const many = differences.length > 1 ? [formatLatencies(models)] : [];
  const texts =
    differences.length > 0
      ? differences.map((one) => formatDifference(chosenSteps(one, { sort, top }), rows))
      : models.map((model) =>
          formatExplanation({ ...model, steps: chooseSteps(model.steps, { sort, top }) }, rows),
        );
  return [...many, ...texts, ...formatRefusals(refused)].join('\n\n');
}
