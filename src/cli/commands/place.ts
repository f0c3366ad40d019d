import { BOARD_OPTION, defineCommand, JSON_OPTION, MODEL_HELP } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { PREDICT_OPTIONS, toPredictOptions, type ModelOnBoardArgs } from '../predict-options.ts';

export const placeCommand = defineCommand<ModelOnBoardArgs>({
  command: 'place <model>',
  describe: 'Which unit runs each layer, and by which rule',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .options({ ...BOARD_OPTION, ...PREDICT_OPTIONS, ...JSON_OPTION })
      .example('$0 place paper:8,k=5 --board maixduino', 'why a 5x5 kernel runs on the core'),
  run: async (args, io) => {
    const { loadBoard, loadModel } = await import('../inputs.ts');
    const { deploy } = await import('../../deploy/index.ts');
    const { placeLayers } = await import('../../deploy/placed-layers.ts');
    const { formatPlacement } = await import('../../report/placement-text.ts');
    const graph = await loadModel(args.model);
    const program = deploy(graph, await loadBoard(args.board), toPredictOptions(args));
    const layers = placeLayers(graph, program);
    if (args.json) writeJson(io, { layers });
    else writeLine(io, formatPlacement(layers));
    return 0;
  },
});
