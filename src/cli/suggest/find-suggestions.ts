import type { Board } from '../../boards/board/board.ts';
import type { Graph } from '../../models/graph/graph.ts';
import type { PredictOptions } from '../../simulate/predict.ts';
import { predictWithFacts } from '../../simulate/predict-with-facts.ts';
import type { Goal } from '../../suggest/goal.ts';
import { suggest, type Suggestions } from '../../suggest/suggest.ts';

/** Suggestions whose times are those that `predict` prints. Throws what `predict` throws for the model as it is. */
export function findSuggestions(
  graph: Graph,
  board: Board,
  options: PredictOptions,
  goal: Goal | undefined,
): Suggestions {
  return suggest(graph, board, { options, goal, predict: predictWithFacts });
}
