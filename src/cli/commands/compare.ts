import { defineCommand, JSON_OPTION, MODEL_HELP, STRICT_OPTION } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { askedLimits, limitOptions } from '../run/limit-options.ts';
import { PREDICT_OPTIONS, toPredictOptions, type PredictArgs } from '../predict-options.ts';

interface Args extends PredictArgs {
  readonly model: string;
  readonly boards: string;
  readonly dataset: string | undefined;
  readonly memory: number | undefined;
  readonly maxSeconds: number | undefined;
  readonly strict: boolean;
  readonly json: boolean;
}

export const compareCommand = defineCommand<Args>({
  command: 'compare <model>',
  describe: 'float32, int8 and kmodel side by side: latency, size, fit and accuracy',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .options({
        boards: {
          alias: ['board', 'b'],
          type: 'string',
          default: 'all',
          requiresArg: true,
          describe: 'Board ids or JSON files with commas, or all',
        },
        dataset: {
          type: 'string',
          requiresArg: true,
          describe:
            'Images that give ranges and accuracy: mnist, or mnist:100 for the first test images; unless given, mnist where the network takes its digits, else drawn bytes and no accuracy',
        },
        ...PREDICT_OPTIONS,
        ...limitOptions('no limit'),
        ...STRICT_OPTION,
        ...JSON_OPTION,
      })
      .example('$0 compare paper:8 --boards maixduino,openmv-h7-plus', 'each board at its best'),
  run: async (args, io) => {
    const { loadBoards, loadGraph } = await import('../inputs.ts');
    const { withTrainedWeights } = await import('../trained.ts');
    const { imagesFor } = await import('../compare/calibration-set.ts');
    const { exitCodeOf, nobody } = await import('../boards/ask-boards.ts');
    const { requireWithin } = await import('../../kernels/execute/run-limits.ts');
    const { compareVariants } = await import('../compare/comparison.ts');
    const { formatComparison } = await import('../compare/comparison-text.ts');
    const boards = await loadBoards(args.boards, args.set);
    const graph = await withTrainedWeights(await loadGraph(args.model));
    const images = await imagesFor(graph, args.dataset);
    requireWithin(graph, askedLimits(args), 'drawn' in images ? images.drawn.length : images.test.count);
    const comparison = compareVariants(graph, boards, images, toPredictOptions(args));
    const { refused } = comparison;
    if (refused.length === boards.length) throw nobody(refused);
    if (args.json) writeJson(io, comparison);
    else writeLine(io, formatComparison(comparison));
    return exitCodeOf(refused, args.strict);
  },
});
