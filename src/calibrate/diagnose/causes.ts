import { parseSettings, withSettings } from '../../boards/settings/all-settings.ts';
import type { Board } from '../../boards/board/board.ts';
import { deploy } from '../../deploy/index.ts';
import { InferscopeError } from '../../errors.ts';
import type { Model } from '../../models/formats/model.ts';
import { withClocks, type PredictOptions } from '../../simulate/predict.ts';
import { simulatedMs } from '../../simulate/pulse.ts';

/** A setting under which the time is another: what it is, the time, and how to look at it. */
export interface Cause {
  readonly settings: string;
  readonly predictedMs: number;
  /** Relative spread of the time beside that of the board. */
  readonly spread: number;
  /** How often it is so, before the time was seen; relative to the other causes. */
  readonly weight: number;
  /** What checks it, behind "inferscope". */
  readonly check: string;
}

/** Shares of a clock that boards are found at: dividers that were left as they come, half, and the reset clock. */
const CLOCK_SHARES = [1 / 2, 1 / 4, 1 / 8];
/** Clocks that chips start with, before firmware sets their PLL. */
const RESET_CLOCKS_HZ = [64e6, 16e6];

/** A build without optimisation: 3 to 6 times the instructions; an estimate. */
const DEBUG_BUILD = { factor: 4.5, spread: 0.2 };

interface Question {
  readonly model: Model;
  readonly board: Board;
  readonly options: PredictOptions;
  /** As the command line names them. */
  readonly modelText: string;
  readonly boardText: string;
}

function msWith({ model, options }: Question, board: Board, more: PredictOptions = {}): number | undefined {
  const chosen = { ...options, ...more };
  try {
    const clocked = withClocks(board, chosen.clockHz);
    return simulatedMs(deploy(model, clocked, chosen), clocked);
  } catch (error) {
    if (error instanceof InferscopeError) return undefined;
    throw error;
  }
}

type Found = Omit<Cause, 'predictedMs' | 'spread'> & {
  readonly ms: number | undefined;
  readonly spread?: number;
};

const predictLine = ({ modelText, boardText }: Question, more: string): string =>
  `predict ${modelText} --board ${boardText} ${more}`;

function ofClocks(question: Question): Found[] {
  const { board } = question;
  const [clock] = board.clocks;
  const hzs = new Set([...CLOCK_SHARES.map((share) => clock.hz.value * share), ...RESET_CLOCKS_HZ]);
  return [...hzs]
    .filter((hz) => hz < 0.95 * clock.hz.value)
    .map((hz) => ({
      settings: `clock ${clock.id} at ${hz / 1e6} MHz`,
      ms: msWith(question, board, { clockHz: { [clock.id]: hz } }),
      weight: 1,
      check: predictLine(question, `--clock ${clock.id}=${hz}`),
    }));
}

function ofLibraries(question: Question): Found[] {
  const { board, options } = question;
  const own = options.kernels ?? board.runtime.kernels[0];
  return board.runtime.kernels
    .filter((kernels) => kernels !== own)
    .map((kernels) => ({
      settings: `kernels ${kernels}`,
      ms: msWith(question, board, { kernels }),
      weight: 1,
      check: predictLine(question, `--kernels ${kernels}`),
    }));
}

function ofPlaces(question: Question): Found[] {
  const { board, options } = question;
  const own = options.weightsIn ?? board.runtime.placement.weights;
  return board.memories
    .filter(({ id, lineFillCycles }) => id !== own && lineFillCycles !== undefined)
    .map(({ id }) => ({
      settings: `weights in ${id}`,
      ms: msWith(question, board, { weightsIn: id }),
      weight: 0.7,
      check: predictLine(question, `--weights-in ${id}`),
    }));
}

/** Choices of --set under which boards are found, and how often. */
const SETTINGS: readonly (readonly [settings: string, choice: string, weight: number])[] = [
  ['data cache off', 'core.dataCache=off', 1],
  ['accelerator not used', 'kpu=absent', 0.5],
];

function ofSettings(question: Question): Found[] {
  const { board } = question;
  return SETTINGS.flatMap(([settings, choice, weight]) => {
    const configured = withSettings(board, parseSettings(choice));
    if (configured === board) return [];
    const ms = msWith(question, configured);
    return [{ settings, ms, weight, check: predictLine(question, `--set ${choice}`) }];
  });
}

/** A bench that reads the period of its loop has its pause in the time. */
function ofReading(question: Question): Found[] {
  const { readingOffsetMs } = question.board.runtime;
  const ms = readingOffsetMs && msWith(question, question.board);
  if (ms === undefined) return [];
  const check = predictLine(question, '--reading period');
  return [{ settings: 'the period of the loop was read', ms: ms + readingOffsetMs!.value, weight: 1, check }];
}

function ofBuild(question: Question): Found[] {
  const ms = msWith(question, question.board);
  const { factor, spread } = DEBUG_BUILD;
  const check = predictLine(question, '--kernels tflm-reference-Os');
  return [
    { settings: 'a build without optimisation (-O0)', ms: ms && ms * factor, spread, weight: 0.7, check },
  ];
}

/** The time as the settings say, and under every other setting that the board can have. */
export function causesOf(question: Question): { asIsMs: number; causes: Cause[] } {
  const asIsMs = simulatedMs(
    deploy(question.model, withClocks(question.board, question.options.clockHz), question.options),
    withClocks(question.board, question.options.clockHz),
  );
  const found = [ofClocks, ofLibraries, ofPlaces, ofSettings, ofReading, ofBuild].flatMap((of) =>
    of(question),
  );
  const causes = found.flatMap(({ ms, spread = 0, ...cause }) =>
    ms === undefined || ms <= 0 ? [] : [{ ...cause, predictedMs: ms, spread }],
  );
  return { asIsMs, causes };
}
