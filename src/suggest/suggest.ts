import type { Board } from '../boards/board/board.ts';
import { configureBoards, parseSettings } from '../boards/settings/all-settings.ts';
import { InferscopeError } from '../errors.ts';
import { graphWork } from '../kernels/execute/graph-work.ts';
import type { Graph } from '../models/graph/graph.ts';
import type { PredictOptions } from '../simulate/predict.ts';
import type { Prediction } from '../simulate/prediction.ts';
import type { Edit } from './edit.ts';
import { meetsGoal, type Goal } from './goal.ts';
import { graphEdits } from './graph-edits.ts';
import { wholeEdits } from './whole-edits.ts';

/** An edit with what is predicted of it. */
export interface Suggestion {
  readonly edit: Edit;
  readonly graph: Graph;
  readonly board: Board;
  readonly prediction: Prediction;
  readonly gainMs: number;
  readonly gainPercent: number;
  readonly macs: number;
  /** Change of the multiply-accumulates, in percent. */
  readonly macsPercent: number;
  readonly meetsGoal: boolean;
}

/** The prediction as it is, and the changes that help, the best first. */
export interface Suggestions {
  readonly base: Prediction;
  readonly meetsGoal: boolean;
  readonly suggestions: readonly Suggestion[];
}

/** How a model on a board is predicted; throws an InferscopeError where it cannot be. */
export type Predictor = (graph: Graph, board: Board, options: PredictOptions) => Prediction;

/** Layers whose own edits are tried: those that take longest. */
const MOST_LAYERS = 10;
/** A gain below this share of the time is none. */
const LEAST_PERCENT = 0.1;

/**
 * Small legal changes of a network, of its options and of the board's settings, each predicted anew. First those that meet
 * the goal, then by the time that they save beyond their share of the multiply-accumulates: a change that takes a rule out
 * of the way comes before one that only computes less. Throws what `predict` throws for the model as it is.
 */
export function suggest(
  graph: Graph,
  board: Board,
  { options = {}, goal, predict }: { options?: PredictOptions; goal?: Goal | undefined; predict: Predictor },
): Suggestions {
  const base = predict(graph, board, options);
  const edits = [
    ...longestLayers(base).flatMap((node) => graphEdits(graph, node)),
    ...wholeEdits(graph, board, options),
  ];
  const tried = edits.flatMap((edit) => tryEdit(edit, { graph, board, options, goal, predict, base }));
  const isMet = meetsGoal(base, goal);
  const helping = tried.filter(
    (one) =>
      (one.gainPercent > LEAST_PERCENT || (one.meetsGoal && !isMet)) &&
      (one.prediction.memory.fits || !base.memory.fits),
  );
  return { base, meetsGoal: isMet, suggestions: bestOfEach(helping.sort(byWorth)) };
}

const byWorth = (a: Suggestion, b: Suggestion): number =>
  Number(b.meetsGoal) - Number(a.meetsGoal) || worth(b) - worth(a);

/** Of changes of one kind at one place, and of all settings, the best alone. */
function bestOfEach(sorted: readonly Suggestion[]): Suggestion[] {
  const seen = new Set<string>();
  return sorted.filter(({ edit: { kind, node } }) => {
    const key = `${kind} ${node ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Operators by their time, the longest first; activations that stand alone come with them. */
function longestLayers({ steps }: Prediction): number[] {
  const times = new Map<number, number>();
  for (const { node, durationMs } of steps) {
    if (node !== null) times.set(node, (times.get(node) ?? 0) + durationMs);
  }
  const sorted = [...times].sort(([, a], [, b]) => b - a).map(([node]) => node);
  return sorted.slice(0, MOST_LAYERS);
}

/** Percent of the time saved, less the percent of the arithmetic that went with it. */
function worth({ gainPercent, macsPercent }: Suggestion): number {
  return gainPercent - Math.max(0, -macsPercent);
}

interface Trial {
  readonly graph: Graph;
  readonly board: Board;
  readonly options: PredictOptions;
  readonly goal: Goal | undefined;
  readonly predict: Predictor;
  readonly base: Prediction;
}

/** The edit as it is predicted; nothing where the network or the board does not take it. */
function tryEdit(edit: Edit, trial: Trial): Suggestion[] {
  const { base, goal } = trial;
  try {
    const graph = edit.change?.(trial.graph) ?? trial.graph;
    const board =
      edit.set === undefined ? trial.board : configureBoards([trial.board], parseSettings(edit.set))[0];
    const prediction = trial.predict(graph, board, { ...trial.options, ...edit.options });
    const gainMs = base.latencyMs.value - prediction.latencyMs.value;
    const [before, macs] = [trial.graph, graph].map((one) => graphWork(one).totals.macs);
    return [
      {
        ...{ edit, graph, board, prediction, gainMs, gainPercent: (100 * gainMs) / base.latencyMs.value },
        ...{ macs, macsPercent: before > 0 ? (100 * (macs - before)) / before : 0 },
        meetsGoal: meetsGoal(prediction, goal),
      },
    ];
  } catch (error) {
    if (error instanceof InferscopeError) return [];
    throw error;
  }
}
