import { BOARD_OPTION, defineCommand, JSON_OPTION, MODEL_HELP } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { PREDICT_OPTIONS, toPredictOptions, type ModelOnBoardArgs } from '../predict-options.ts';

interface Args extends ModelOnBoardArgs {
  readonly svg: string | undefined;
}

export const memoryCommand = defineCommand<Args>({
  command: 'memory <model>',
  describe: 'What the model needs of each memory, where each tensor lies when, and whether it fits',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .options({ ...BOARD_OPTION, ...PREDICT_OPTIONS, ...JSON_OPTION })
      .options({
        svg: {
          type: 'string',
          requiresArg: true,
          describe: 'File for a picture of the tensors over the steps',
        },
      })
      .example('$0 memory paper:64,size=96 --board openmv-h7-plus', 'does it fit?')
      .example('$0 memory net.tflite --board openmv-h7-plus --svg arena.svg', 'the arena as a picture'),
  run: async (args, io) => {
    const { loadBoard, loadModel } = await import('../inputs.ts');
    const { formatMemoryUse, memoryFigure, memoryUse } = await import('../memory-use.ts');
    const graph = await loadModel(args.model);
    const use = memoryUse(graph, await loadBoard(args.board), toPredictOptions(args));
    if (args.svg !== undefined) {
      const { drawMemoryFigure } = await import('../../report/memory/memory-figure.ts');
      const { replaceFile } = await import('../replace-file.ts');
      await replaceFile(args.svg, drawMemoryFigure(memoryFigure(use)));
      io.err(`${args.svg} written\n`);
    }
    if (args.json) writeJson(io, use);
    else writeLine(io, formatMemoryUse(use));
    return 0;
  },
});
