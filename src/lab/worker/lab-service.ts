import { allBoards } from 'inferscope/boards';
import {
  answerExperiment,
  curvesOf,
  listBoard,
  listSettings,
  parseExperiment,
  type Answer,
  type BoardListing,
  type Curve,
  type Experiment,
  type SettingListing,
} from 'inferscope/experiments';
import { givenFor } from './dropped-files.ts';

/** What the page draws at once. */
export interface Asked {
  readonly answer: Answer;
  readonly curves: readonly Curve[];
}

let lastCurves: { readonly key: string; readonly curves: readonly Curve[] } | undefined;

/** Curves do not depend on the filters that are chosen now, so a slider that moves computes them once. */
function curvesFor(experiment: Experiment): readonly Curve[] {
  const key = JSON.stringify({ ...experiment, model: experiment.model.replace(/^paper:\d+/, 'paper:') });
  if (lastCurves?.key !== key) lastCurves = { key, curves: curvesOf(experiment, givenFor(experiment)) };
  return lastCurves.curves;
}

/** The first calls of the page: who is there, and what the boards say to an experiment. */
export const labService = {
  /** Answers at once: the handshake. */
  hello: (): 'ready' => 'ready',

  /** Every board that can be chosen, with its choices. */
  listBoards: (): { boards: BoardListing[]; settings: SettingListing[] } => ({
    boards: allBoards().map(listBoard),
    settings: listSettings(),
  }),

  /** Checks an experiment and answers it. Throws what `parseExperiment` throws. */
  ask(value: unknown): Asked {
    const experiment = parseExperiment(value);
    const answer = answerExperiment(experiment, givenFor(experiment));
    return { answer, curves: curvesFor(experiment) };
  },
};
