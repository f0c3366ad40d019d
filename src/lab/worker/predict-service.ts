import { allBoards, citeBoard, type Citations } from 'inferscope/boards';
import {
  answerExperiment,
  boardOf,
  curvesOf,
  kernelMapOf,
  listBoard,
  listSettings,
  modelOf,
  optionsOf,
  parseExperiment,
  rooflineOf,
  type Answer,
  type BoardListing,
  type Curve,
  type Experiment,
  type KernelCell,
  type Lesson,
  type Roofline,
  type SettingListing,
} from 'inferscope/experiments';
import { predict } from 'inferscope';
import { droppedBoards, givenFor } from './given-files.ts';

/** What the page draws at once. */
export interface Asked {
  readonly answer: Answer;
  readonly curves: readonly Curve[];
}

/** What a page is built with: an answer, and the lesson that asks about it. */
export interface FirstPage extends Asked {
  readonly lesson: Lesson;
}

/** What one board says in the list of all. */
export interface BoardTime {
  readonly board: string;
  readonly latencyMs?: { readonly value: number; readonly low: number; readonly high: number };
  readonly fits?: boolean;
  readonly refusal?: string;
}

function holdLock(name: string | undefined): Promise<'ready' | 'held'> {
  return new Promise((resolve) => {
    if (name === undefined) return resolve('ready');
    const forEver = () => (resolve('held'), new Promise<never>(() => undefined));
    navigator.locks.request(name, forEver).catch(() => resolve('ready'));
  });
}

let lastCurves: { readonly key: string; readonly curves: readonly Curve[] } | undefined;

/** Curves do not depend on the filters that are chosen now, so a slider that moves computes them once. */
function curvesFor(experiment: Experiment): readonly Curve[] {
  const key = JSON.stringify({ ...experiment, model: experiment.model.replace(/^paper:\d+/, 'paper:') });
  if (lastCurves?.key !== key) lastCurves = { key, curves: curvesOf(experiment, givenFor(experiment)) };
  return lastCurves.curves;
}

function timeOn(experiment: Experiment, id: string): BoardTime {
  const given = givenFor(experiment);
  try {
    const { latencyMs, memory } = predict(
      modelOf(experiment, given),
      boardOf(id, experiment, given),
      optionsOf(experiment),
    );
    return { board: id, latencyMs, fits: memory.fits };
  } catch (error) {
    return { board: id, refusal: (error as Error).message };
  }
}

/** What the page asks first: the handshake, and what needs neither a reader of files nor arithmetic nor a converter. */
export const predictService = {
  /** Answers at once: the handshake. Says `held` where the worker holds this lock of the browser's as long as it lives. */
  hello: (lock?: string): Promise<'ready' | 'held'> => holdLock(lock),

  /** Every board that can be chosen, dropped ones too, with its choices. */
  listBoards: (): { boards: BoardListing[]; settings: SettingListing[] } => ({
    boards: [...allBoards(), ...droppedBoards()].map(listBoard),
    settings: listSettings(),
  }),

  /** Checks an experiment and answers it. Throws what `parseExperiment` throws. */
  ask(value: unknown): Asked {
    const experiment = parseExperiment(value);
    const answer = answerExperiment(experiment, givenFor(experiment));
    return { answer, curves: curvesFor(experiment) };
  },

  /** The experiment's model on other boards. */
  timesOn: (experiment: Experiment, ids: readonly string[]): BoardTime[] =>
    ids.map((id) => timeOn(experiment, id)),

  /** Time of each kernel size at each number of filters on one board. */
  kernelMap: (experiment: Experiment, id: string): KernelCell[] =>
    kernelMapOf(experiment, id, givenFor(experiment)),

  /** Every constant of a board with its source. */
  cite: (experiment: Experiment, id: string): Citations =>
    citeBoard(boardOf(id, experiment, givenFor(experiment))),

  /** Steps of a call under the limits of the board's core. */
  roofline(experiment: Experiment, id: string): Roofline {
    const given = givenFor(experiment);
    const board = boardOf(id, experiment, given);
    return rooflineOf(predict(modelOf(experiment, given), board, optionsOf(experiment)), board);
  },
};
