import {
  ALL_OPTION,
  BOARD_OPTION,
  defineCommand,
  JSON_OPTION,
  MODEL_HELP,
  STRICT_OPTION,
} from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { PREDICT_OPTIONS, toPredictOptions, type PredictArgs } from '../predict-options.ts';

interface Args extends PredictArgs {
  readonly model: string;
  readonly model2: string | undefined;
  readonly board: string;
  readonly strict: boolean;
  readonly all: boolean;
  readonly json: boolean;
}

export const explainCommand = defineCommand<Args>({
  command: 'explain <model> [model2]',
  describe: 'What each step costs and why; with two models, what makes the difference',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .positional('model2', { type: 'string', describe: 'A second model to compare with the first' })
      .options({ ...BOARD_OPTION, ...PREDICT_OPTIONS, ...STRICT_OPTION, ...ALL_OPTION, ...JSON_OPTION })
      .example('$0 explain paper:8 --board maixduino', 'where the milliseconds go')
      .example('$0 explain paper:5 paper:6 --board maixduino', 'why the sixth filter costs so much'),
  run: async (args, io) => {
    const { loadBoards, loadModel } = await import('../inputs.ts');
    const { askBoards, exitCodeOf } = await import('../boards/ask-boards.ts');
    const { rowsShown } = await import('../../report/long-table.ts');
    const { explainModels, explanationDocument, formatAnswers } = await import('../explanations.ts');
    const names = args.model2 === undefined ? [args.model] : [args.model, args.model2];
    const boards = await loadBoards(args.board, args.set);
    const models = await Promise.all(names.map(loadModel));
    const { predictionProgress } = await import('../progress-line.ts');
    const options = { ...toPredictOptions(args), ...predictionProgress(io, models) };
    const said = askBoards(boards, (board) => explainModels(models, board, options));
    if (args.json) writeJson(io, explanationDocument(said, boards.length));
    else writeLine(io, formatAnswers(said, rowsShown(args.all)));
    return exitCodeOf(said.refused, args.strict);
  },
});
