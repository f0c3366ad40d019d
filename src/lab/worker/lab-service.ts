import {
  EXAMPLE_NETWORKS,
  differenceRows,
  gradeAnswers,
  lessonOf,
  parseAnswers,
  type DifferenceRow,
  type Experiment,
  type Lesson,
  type Score,
} from 'inferscope/experiments';
import { classify, exampleInk, type Classified } from './digits.ts';
import { downloadOf, type DownloadKind } from './downloads.ts';
import { openFile, type Dropped } from './dropped-files.ts';
import { boardFilesOf, type BoardFiles } from './files-on-board.ts';
import { givenFor } from './given-files.ts';
import { predictService } from './predict-service.ts';
import type { Seen } from './seen.ts';
import { tensorAt, type TensorAtStep } from './tensor-at.ts';

/** An experiment on one of its boards. */
interface OnBoard {
  readonly experiment: Experiment;
  readonly board: string;
}

/** A step of a call on a board. */
interface OnStep {
  readonly board: string;
  readonly step: number;
}

/** Everything that the page asks the simulator: its worker is loaded when more is asked than what `predictService` says. */
export const labService = {
  ...predictService,

  /** A lesson with its right answers, as the simulator gives them; the page is built with the first. */
  lesson: (number: number): Lesson => lessonOf(number),

  /** Points of answers, as `inferscope grade` counts them. */
  grade: (answers: unknown): Score => gradeAnswers(parseAnswers(answers, 'answers')),

  /** Keeps what a file holds for experiments that name it. Throws one line where it holds nothing that is read. */
  openFile: (name: string, bytes: Uint8Array): Dropped => openFile(name, bytes),

  /** What each form of the network says to what it sees; `weights` is the resource with the trained networks. */
  classify: (experiment: Experiment, seen: Seen, weights: string): Classified =>
    classify(experiment, seen, weights),

  /** What a board has computed at the end of a step. */
  tensorAt: (experiment: Experiment, at: OnStep, seen: Seen, weights: string): TensorAtStep =>
    tensorAt(experiment, at, seen, weights),

  /** What leads from a call to another, layer by layer. */
  difference: (from: OnBoard, to: OnBoard): DifferenceRow[] =>
    differenceRows({ ...from, given: givenFor(from.experiment) }, { ...to, given: givenFor(to.experiment) }),

  /** The spec of the network of EXAMPLE_TITLES at this place. */
  exampleModel: (at: number): string => EXAMPLE_NETWORKS[at]!.model,

  /** One of ten digits to begin with. */
  exampleInk: (digit: number, weights: string): Float32Array => exampleInk(digit, weights),

  /** What a script finds on a board: the experiment's network as the board's toolchain makes it, and ten digits. */
  boardFiles: (experiment: Experiment, id: string, weights: string): BoardFiles =>
    boardFilesOf(experiment, id, weights),

  /** A file to save: its bytes. */
  download: (experiment: Experiment, kind: DownloadKind): Uint8Array => downloadOf(experiment, kind),
};
