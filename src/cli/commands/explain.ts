import { BOARD_OPTION, defineCommand, JSON_OPTION, MODEL_HELP } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { PREDICT_OPTIONS, toPredictOptions, type PredictArgs } from '../predict-options.ts';

interface Args extends PredictArgs {
  readonly model: string;
  readonly model2: string | undefined;
  readonly board: string;
  readonly json: boolean;
}

export const explainCommand = defineCommand<Args>({
  command: 'explain <model> [model2]',
  describe: 'What each step costs and why; with two models, what makes the difference',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .positional('model2', { type: 'string', describe: 'A second model to compare with the first' })
      .options({ ...BOARD_OPTION, ...PREDICT_OPTIONS, ...JSON_OPTION })
      .example('$0 explain paper:8 --board maixduino', 'where the milliseconds go')
      .example('$0 explain paper:5 paper:6 --board maixduino', 'why the sixth filter costs so much'),
  run: async (args, io) => {
    const { loadBoard, loadModel } = await import('../inputs.ts');
    const { explainModels, formatExplanations } = await import('../explanations.ts');
    const names = args.model2 === undefined ? [args.model] : [args.model, args.model2];
    const board = await loadBoard(args.board);
    const graphs = await Promise.all(names.map(loadModel));
    const explanations = explainModels(graphs, board, toPredictOptions(args));
    if (args.json) writeJson(io, explanations);
    else writeLine(io, formatExplanations(explanations));
    return 0;
  },
});
