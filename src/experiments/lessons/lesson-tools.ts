import { anyBoardById, BOARD_IDS } from '../../boards/all-boards.ts';
import { SpecError } from '../../errors.ts';
import { formatNumber } from '../../report/format.ts';
import type { Prediction } from '../../simulate/prediction.ts';
import { answerBoard } from '../answer.ts';
import type { Experiment } from '../experiment-state.ts';
import { formatShortMs } from '../short-ms.ts';
import { FIRST_EXPERIMENT } from '../parse-experiment.ts';
import type { Choice } from './lesson.ts';

const hasAccelerator = (id: string) => anyBoardById(id).units.some(({ kind }) => kind === 'kpu');

function firstBoard(isWanted: (id: string) => boolean, what: string): string {
  const id = BOARD_IDS.find(isWanted);
  if (id === undefined) throw new SpecError(`the lessons need a board ${what}, and none ships`);
  return id;
}

/** The first board with an accelerator. */
export const acceleratedBoard = (): string => firstBoard(hasAccelerator, 'with an accelerator');

/** The first board that computes on its core alone. */
export const plainBoard = (): string => firstBoard((id) => !hasAccelerator(id), 'without an accelerator');

/** A board's name for sentences. */
export const boardName = (id: string): string => anyBoardById(id).name;

/** An experiment of the lessons: both boards side by side. */
export function lessonExperiment(model: string, set: Experiment['set'] = {}): Experiment {
  return { ...FIRST_EXPERIMENT, model, boards: [acceleratedBoard(), plainBoard()], set };
}

/** What the simulator predicts. Throws a SpecError with the board's words where it refuses. */
export function predictionOf(model: string, board: string, set: Experiment['set'] = {}): Prediction {
  const { prediction, refusal } = answerBoard(board, lessonExperiment(model, set));
  if (prediction) return prediction;
  throw new SpecError(`a lesson asks for ${model} on ${board}, which refuses: ${refusal}`);
}

/** Time of a call in ms. */
export const timeMs = (model: string, board: string, set: Experiment['set'] = {}): number =>
  predictionOf(model, board, set).latencyMs.value;

/** Choices in the order of their numbers, each text once: the place of one says nothing about it. */
export function numberChoices(
  right: number,
  wrong: readonly number[],
  format: (value: number) => string = formatShortMs,
): Choice[] {
  const texts = new Set([format(right)]);
  const others = wrong.filter((value) => {
    const text = format(value);
    return !texts.has(text) && texts.add(text);
  });
  return [right, ...others]
    .sort((a, b) => a - b)
    .map((value) => ({ text: format(value), isRight: value === right }));
}

/** Choices in the order of the alphabet. */
export function wordChoices(right: string, wrong: readonly string[]): Choice[] {
  return [...new Set([right, ...wrong])].sort().map((text) => ({ text, isRight: text === right }));
}

/** "3.2 times". */
export const formatTimes = (factor: number): string => `${formatNumber(factor, 2)} times`;

/** "12 %" of a share between 0 and 1. */
export const formatShare = (share: number): string => `${formatNumber(100 * share, 2)} %`;
