import type { Argv } from 'yargs';
import { SpecError } from '../errors.ts';
import { ALL_OPTION, BOARD_OPTION, JSON_OPTION, MODEL_HELP, STRICT_OPTION } from './command.ts';
import { isLostUnit } from '../sweep/study/clock-axis.ts';
import { hzOf } from './boards/amounts.ts';
import type { PredictOptions } from '../simulate/predict.ts';

/** Options that every command which predicts takes. */
export const PREDICT_OPTIONS = {
  kernels: { type: 'string', requiresArg: true, describe: "Kernel library, one of the board's" },
  clock: {
    type: 'string',
    requiresArg: true,
    describe: 'Clocks by id, e.g. core=240MHz or core=400e6,kpu=200e6',
  },
  'weights-in': { type: 'string', requiresArg: true, describe: 'Memory that holds the weights, by id' },
  'float-fc': {
    type: 'boolean',
    default: false,
    describe: "ncc's --float-fc: every Dense stays on the core",
  },
  set: {
    type: 'string',
    requiresArg: true,
    describe: 'What is other than on the board, KEY=VALUE with commas, see docs/settings.md',
  },
  'copy-out': { choices: ['cpu', 'dma'], describe: 'Who copies a KPU result to main memory' },
} as const;

export interface PredictArgs {
  readonly kernels: string | undefined;
  readonly clock: string | undefined;
  readonly weightsIn: string | undefined;
  readonly floatFc: boolean;
  readonly copyOut: 'cpu' | 'dma' | undefined;
  readonly set: string | undefined;
}

/** Arguments of a command that asks about one model on one board. */
export interface ModelOnBoardArgs extends PredictArgs {
  readonly model: string;
  readonly board: string;
  readonly strict: boolean;
  readonly json: boolean;
}

/** What a command asks that tells about one model on some boards. */
export function askModelOnBoards(yargs: Argv) {
  return yargs
    .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
    .options({ ...BOARD_OPTION, ...PREDICT_OPTIONS, ...STRICT_OPTION, ...ALL_OPTION, ...JSON_OPTION });
}

function parseClock(text: string): [id: string, hz: number] {
  const [id = '', value = '', ...rest] = text.split('=');
  const hz = isLostUnit(value) ? undefined : hzOf(value);
  if (id !== '' && rest.length === 0 && hz !== undefined) return [id.trim(), hz];
  throw new SpecError(`--clock: "${text}" is no clock; write its id and Hz, e.g. core=240e6 or core=240MHz`);
}

/** The options as `predict` takes them. Throws a SpecError for a clock that is not written as id=Hz. */
export function toPredictOptions(args: PredictArgs): PredictOptions {
  const { kernels, clock, weightsIn, floatFc, copyOut } = args;
  return {
    floatFc,
    ...(kernels === undefined ? {} : { kernels }),
    ...(weightsIn === undefined ? {} : { weightsIn }),
    ...(copyOut === undefined ? {} : { copyOut }),
    ...(clock === undefined ? {} : { clockHz: Object.fromEntries(clock.split(/[,+]/).map(parseClock)) }),
  };
}
