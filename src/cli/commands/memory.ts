import { BOARD_OPTION, defineCommand, JSON_OPTION, MODEL_HELP } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { PREDICT_OPTIONS, toPredictOptions, type PredictArgs } from '../predict-options.ts';

interface Args extends PredictArgs {
  readonly model: string;
  readonly board: string;
  readonly json: boolean;
}

export const memoryCommand = defineCommand<Args>({
  command: 'memory <model>',
  describe: 'What the model needs of each memory, and whether it fits',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .options({ ...BOARD_OPTION, ...PREDICT_OPTIONS, ...JSON_OPTION })
      .example('$0 memory paper:64,size=96 --board openmv-h7-plus', 'does it fit?'),
  run: async (args, io) => {
    const { loadBoard, loadModel } = await import('../inputs.ts');
    const { formatMemoryUse, memoryUse } = await import('../memory-use.ts');
    const { predict } = await import('../../simulate/predict.ts');
    const graph = await loadModel(args.model);
    const prediction = predict(graph, await loadBoard(args.board), toPredictOptions(args));
    const use = memoryUse(graph, prediction);
    if (args.json) writeJson(io, use);
    else writeLine(io, formatMemoryUse(use));
    return 0;
  },
});
