import type { Board } from '../../boards/board/board.ts';
import type { Model } from '../../models/formats/model.ts';
import type { Reading } from '../../report/prediction-text.ts';
import type { PredictOptions } from '../../simulate/predict.ts';
import type { Prediction } from '../../simulate/prediction.ts';
import type { BoardAnswers } from '../boards/ask-boards.ts';
import { defineCommand, TABLE_OPTIONS, type ExitCode } from '../command.ts';
import { writeJson, writeLine, type Io } from '../io.ts';
import { askModelOnBoards, toPredictOptions, type PredictArgs } from '../predict-options.ts';

interface Args extends PredictArgs {
  readonly model: string;
  readonly board: string;
  readonly engine: string | undefined;
  readonly reading: string | undefined;
  readonly hash: boolean;
  readonly repeat: number;
  readonly shuffleTies: boolean;
  readonly strict: boolean;
  readonly all: boolean;
  readonly json: boolean;
  readonly sort: 'index' | 'ms' | undefined;
  readonly top: number | undefined;
  readonly csv: string | undefined;
  readonly nodeData: string | undefined;
  readonly mustFit: boolean;
}

export const predictCommand = defineCommand<Args>({
  command: 'predict <model>',
  describe: 'How long one inference takes on one or more boards, with its 90 % interval, steps and memory',
  builder: (yargs) =>
    askModelOnBoards(yargs)
      .options({
        ...TABLE_OPTIONS,
        'node-data': {
          type: 'string',
          requiresArg: true,
          describe: 'Write ms by operator for Model Explorer into this file',
        },
        'must-fit': {
          type: 'boolean',
          default: false,
          describe: 'End with 1 where a memory does not suffice',
        },
        engine: {
          type: 'string',
          requiresArg: true,
          describe:
            'Inference engine whose published times are the measure, such as x-cube-ai or x-cube-ai@9.0',
        },
        reading: { choices: ['pulse', 'period'], describe: 'Show only this reading (default: both)' },
        hash: { type: 'boolean', default: false, describe: 'Print the hashes of the traces only' },
        repeat: { type: 'number', default: 1, requiresArg: true, describe: 'Runs with --hash' },
        'shuffle-ties': { type: 'boolean', default: false, describe: 'Shuffle events of equal time' },
      })
      .example('$0 predict paper:8 --board maixduino', 'the network of the paper with 8 filters')
      .example('$0 predict net.tflite --board all', 'a file on every board')
      .example('$0 predict paper:8 -b maixduino --hash --repeat 100 --shuffle-ties', 'is it deterministic?'),
  needs: { repeat: 'hash', 'shuffle-ties': 'hash' },
  idleBeside: Object.fromEntries(
    ['must-fit', 'csv', 'node-data', 'sort', 'top', 'reading', 'all'].map((name) => [name, 'hash']),
  ),
  run: async (args, io) => {
    const { loadBoards, loadModel } = await import('../inputs.ts');
    const [model, boards] = [await loadModel(args.model), await loadBoards(args.board, args.set)];
    const { predictionProgress } = await import('../progress-line.ts');
    const { engine } = args;
    if (engine !== undefined) (await import('../../calibrate/fitted/published-times.ts')).usePublishedTimes();
    const options = { ...toPredictOptions(args), engine, ...predictionProgress(io, [model]) };
    return args.hash
      ? printHashes(model, boards, options, args, io)
      : print(model, boards, options, args, io);
  },
});

async function print(
  model: Model,
  boards: readonly Board[],
  options: PredictOptions,
  args: Args,
  io: Io,
): Promise<ExitCode> {
  const { json, strict, mustFit } = args;
  const { askBoards, exitCodeOf } = await import('../boards/ask-boards.ts');
  const { predictWithFacts } = await import('../../simulate/predict-with-facts.ts');
  const said = askBoards(boards, (board) => predictWithFacts(model, board, options));
  const { answers, refused } = said;
  const { writeTables } = await import('../step-tables.ts');
  const isPrinted = await writeTables(answers, args, io);
  if (json) writeJson(io, { predictions: answers.map((one) => withReading(one, args.reading)), refused });
  else if (!isPrinted) await printTexts(said, args, io);
  if (mustFit && answers.some(({ memory }) => !memory.fits)) return 1;
  return exitCodeOf(refused, strict);
}

/** With --reading, the chosen interval stands a second time as `readingMs`. */
function withReading(prediction: Prediction, reading: string | undefined): object {
  if (reading === undefined) return prediction;
  const readingMs = reading === 'pulse' ? prediction.latencyMs : prediction.reportedMs;
  return { ...prediction, reading, readingMs };
}

async function printTexts(
  { answers, answering, refused }: BoardAnswers<Prediction>,
  { reading, all, sort, top }: Args,
  io: Io,
): Promise<void> {
  const { formatComparison, formatPrediction } = await import('../../report/prediction-text.ts');
  const { formatRefusals } = await import('../../report/refusals-text.ts');
  const { rowsShown } = await import('../../report/long-table.ts');
  const offsets = answering.map((board) => board.runtime.readingOffsetMs);
  const rows = rowsShown(all);
  const only = reading as Reading | undefined;
  const texts = answers.map((prediction, at) =>
    formatPrediction(prediction, { offset: offsets[at], only, rows, sort, top }),
  );
  if (answers.length > 1) texts.push(formatComparison(answers));
  texts.push(...formatRefusals(refused));
  writeLine(io, texts.join('\n\n'));
}

async function printHashes(
  model: Model,
  boards: readonly Board[],
  options: PredictOptions,
  { repeat, shuffleTies, strict, json }: Args,
  io: Io,
): Promise<ExitCode> {
  const { askBoards, exitCodeOf } = await import('../boards/ask-boards.ts');
  const { collectHashes } = await import('../hashes.ts');
  const { answers: sets, refused } = askBoards(boards, (board) =>
    collectHashes(model, board, options, repeat, shuffleTies),
  );
  const hashes = [...new Set(sets.flat())];
  const isOneEach = sets.every((set) => set.length === 1);
  if (json) writeJson(io, { hashes, runs: repeat, refused });
  else writeLine(io, hashes.join('\n'));
  if (!json) for (const { board, reason } of refused) io.err(`inferscope: ${board} refuses: ${reason}\n`);
  if (!isOneEach) io.err('inferscope: runs of one model on one board gave different traces\n');
  return isOneEach ? exitCodeOf(refused, strict) : 1;
}
