import { ONE_BOARD_OPTION, defineCommand, JSON_OPTION, MODEL_HELP } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { PREDICT_OPTIONS, toPredictOptions, type PredictArgs } from '../predict-options.ts';
import { SpecError } from '../../errors.ts';

interface Args extends PredictArgs {
  readonly model: string;
  readonly board: string;
  readonly goal: string | undefined;
  readonly top: number;
  readonly apply: number | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

export const suggestCommand = defineCommand<Args>({
  command: 'suggest <model>',
  describe: 'The nearest changes of network, options or settings that would help, each predicted anew',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .options({ ...ONE_BOARD_OPTION, ...PREDICT_OPTIONS, ...JSON_OPTION })
      .options({
        goal: {
          type: 'string',
          requiresArg: true,
          describe: 'latency<5ms, fits or on-kpu: changes that reach it come first',
        },
        top: { type: 'number', default: 10, requiresArg: true, describe: 'How many changes are told' },
        apply: {
          type: 'number',
          requiresArg: true,
          describe: 'Make this change (its number) and write it to --out',
        },
        out: { type: 'string', requiresArg: true, describe: 'Of --apply: the .tflite to write' },
      })
      .example('$0 suggest paper:6 -b maixduino', 'five filters instead of six')
      .example("$0 suggest net.tflite -b maixduino --goal 'latency<5ms'", 'what would reach 5 ms'),
  needs: { out: 'apply', apply: 'out' },
  run: async (args, io) => {
    if (!(Number.isInteger(args.top) && args.top > 0)) {
      throw new SpecError(`--top must be a whole number above 0, got ${args.top}`);
    }
    const { loadBoard, loadGraph } = await import('../inputs.ts');
    const { parseGoal } = await import('../../suggest/goal.ts');
    const { findSuggestions } = await import('../suggest/find-suggestions.ts');
    const { formatSuggestions, suggestDocument } = await import('../suggest/suggestion-report.ts');
    const goal = args.goal === undefined ? undefined : parseGoal(args.goal);
    const [graph, board] = [await loadGraph(args.model), await loadBoard(args.board, args.set)];
    const found = findSuggestions(graph, board, toPredictOptions(args), goal);
    const document = suggestDocument(found, args.goal, args.top);
    if (args.apply !== undefined && args.out !== undefined) {
      const { applySuggestion } = await import('../suggest/apply-suggestion.ts');
      io.err(`${await applySuggestion(found, args.apply, graph, args.out)}\n`);
    }
    if (args.json) writeJson(io, document);
    else writeLine(io, formatSuggestions(document));
    return 0;
  },
});
