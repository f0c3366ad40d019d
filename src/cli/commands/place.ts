import {
  ALL_OPTION,
  BOARD_OPTION,
  defineCommand,
  JSON_OPTION,
  MODEL_HELP,
  STRICT_OPTION,
} from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { PREDICT_OPTIONS, toPredictOptions, type ModelOnBoardArgs } from '../predict-options.ts';

interface Args extends ModelOnBoardArgs {
  readonly all: boolean;
}

export const placeCommand = defineCommand<Args>({
  command: 'place <model>',
  describe: 'Which unit runs each layer, and by which rule',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .options({ ...BOARD_OPTION, ...PREDICT_OPTIONS, ...STRICT_OPTION, ...ALL_OPTION, ...JSON_OPTION })
      .example('$0 place paper:8,k=5 --board maixduino', 'why a 5x5 kernel runs on the core'),
  run: async (args, io) => {
    const { loadBoards, loadModel } = await import('../inputs.ts');
    const { askBoards, exitCodeOf } = await import('../boards/ask-boards.ts');
    const { placementDocument, formatPlacements, placeOn } = await import('../placements.ts');
    const model = await loadModel(args.model);
    const boards = await loadBoards(args.board, args.set);
    const said = askBoards(boards, (board) => placeOn(model, board, toPredictOptions(args)));
    if (args.json) writeJson(io, placementDocument(said, boards.length));
    else writeLine(io, formatPlacements(said, boards.length, args.all));
    return exitCodeOf(said.refused, args.strict);
  },
});
