import { SpecError } from '../../errors.ts';
import type { Difference } from '../../report/explanation/difference.ts';
import {
  ALL_OPTION,
  BOARD_OPTION,
  defineCommand,
  JSON_OPTION,
  MODEL_HELP,
  STRICT_OPTION,
  TABLE_OPTIONS,
  withLists,
} from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { PREDICT_OPTIONS, toPredictOptions, type PredictArgs } from '../predict-options.ts';

interface Args extends PredictArgs {
  readonly model: string;
  readonly others: readonly string[];
  readonly board: string;
  readonly across: 'boards' | undefined;
  readonly svg: string | undefined;
  readonly markdown: string | undefined;
  readonly strict: boolean;
  readonly all: boolean;
  readonly json: boolean;
  readonly sort: 'index' | 'ms' | undefined;
  readonly top: number | undefined;
  readonly csv: string | undefined;
}

const DIFFERENCE_OPTIONS = {
  across: { choices: ['boards'], describe: 'Also say what makes the difference from each board to the next' },
  svg: { type: 'string', requiresArg: true, describe: 'Draw the differences as a waterfall into this file' },
  markdown: { type: 'string', requiresArg: true, describe: 'Write the differences as Markdown tables' },
} as const;

export const explainCommand = defineCommand<Args>({
  command: 'explain <model> [others..]',
  describe: 'What each step costs and why; with more models or boards, what makes the difference',
  builder: (yargs) =>
    withLists(yargs, ['others'])
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .positional('others', {
        type: 'string',
        default: [] as string[],
        describe: 'Further models: what makes the difference from each to the next',
      })
      .options({ ...BOARD_OPTION, ...PREDICT_OPTIONS, ...STRICT_OPTION, ...ALL_OPTION, ...JSON_OPTION })
      .options({ ...TABLE_OPTIONS, ...DIFFERENCE_OPTIONS })
      .example('$0 explain paper:8 --board maixduino', 'where the milliseconds go')
      .example('$0 explain paper:5 paper:6 --board maixduino', 'why the sixth filter costs so much')
      .example('$0 explain paper:8 -b openmv-h7-plus,maixduino --across boards', 'where the boards differ'),
  run: async (args, io) => {
    const { loadBoards, loadModel } = await import('../inputs.ts');
    const { askBoards, exitCodeOf } = await import('../boards/ask-boards.ts');
    const { rowsShown } = await import('../../report/long-table.ts');
    const { acrossBoards, explainModels, explanationDocument, formatAnswers } =
      await import('../explanations.ts');
    const boards = await loadBoards(args.board, args.set);
    requireDifference(args, boards.length);
    const models = await Promise.all([args.model, ...args.others].map(loadModel));
    const { predictionProgress } = await import('../progress-line.ts');
    const options = { ...toPredictOptions(args), ...predictionProgress(io, models) };
    const said = askBoards(boards, (board) => explainModels(models, board, options));
    const across = args.across === 'boards' ? acrossBoards(said.answers) : [];
    await writeFigures([...said.answers.flatMap(({ differences }) => differences), ...across], args);
    const { writeTables } = await import('../step-tables.ts');
    const predictions = said.answers.flatMap((one) => one.predictions);
    const isPrinted = await writeTables(predictions, args, io);
    if (args.json) writeJson(io, explanationDocument(said, across, boards.length));
    else if (!isPrinted) writeLine(io, formatAnswers(said, across, { rows: rowsShown(args.all), ...args }));
    return exitCodeOf(said.refused, args.strict);
  },
});

/** Throws a SpecError for options that are about a difference where there is none. */
function requireDifference({ others, across, svg, markdown }: Args, boards: number): void {
  if (across === 'boards' && boards === 1) {
    throw new SpecError('--across boards needs two boards or more; name them with commas');
  }
  if (others.length > 0 || across === 'boards') return;
  const stray = svg !== undefined ? 'svg' : markdown !== undefined ? 'markdown' : undefined;
  if (stray === undefined) return;
  throw new SpecError(`--${stray} is of a difference; name two models or more, or --across boards`);
}

async function writeFigures(differences: readonly Difference[], { svg, markdown }: Args): Promise<void> {
  const { replaceFile } = await import('../replace-file.ts');
  if (svg !== undefined) {
    const { drawWaterfall } = await import('../../report/explanation/waterfall.ts');
    await replaceFile(svg, drawWaterfall(differences));
  }
  if (markdown === undefined) return;
  const { formatDifferencesMarkdown } = await import('../../report/explanation/difference-markdown.ts');
  await replaceFile(markdown, formatDifferencesMarkdown(differences));
}
