import type { Board } from '../../boards/board/board.ts';
import { SpecError } from '../../errors.ts';
import type { Model } from '../../models/formats/model.ts';
import type { SuggestDocument } from '../suggest/suggestion-report.ts';
import { defineCommand } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { askModelOnBoards, toPredictOptions, type ModelOnBoardArgs } from '../predict-options.ts';

interface Args extends ModelOnBoardArgs {
  readonly all: boolean;
  readonly suggest: boolean;
}

export const placeCommand = defineCommand<Args>({
  command: 'place <model>',
  describe: 'Which unit runs each layer, and by which rule',
  builder: (yargs) =>
    askModelOnBoards(yargs)
      .options({
        suggest: { type: 'boolean', default: false, describe: 'Also say what would help; see suggest' },
      })
      .example('$0 place paper:8,k=5 --board maixduino', 'why a 5x5 kernel runs on the core'),
  run: async (args, io) => {
    const { loadBoards, loadModel } = await import('../inputs.ts');
    const { askBoards, exitCodeOf } = await import('../boards/ask-boards.ts');
    const { placementDocument, formatPlacements, placeOn } = await import('../placements.ts');
    const model = await loadModel(args.model);
    const boards = await loadBoards(args.board, args.set);
    const said = askBoards(boards, (board) => placeOn(model, board, toPredictOptions(args)));
    const suggestions = args.suggest ? await suggestionsFor(model, boards, args) : undefined;
    if (args.json) {
      writeJson(io, { ...placementDocument(said, boards.length), suggestions: suggestions?.suggestions });
    } else {
      writeLine(io, formatPlacements(said, boards.length, args.all));
      if (suggestions) writeLine(io, `\n${await suggestionText(suggestions)}`);
    }
    return exitCodeOf(said.refused, args.strict);
  },
});

const MOST_SUGGESTIONS = 5;

/** Throws a SpecError for a kmodel, which cannot be changed any more, and for several boards. */
async function suggestionsFor(model: Model, boards: readonly Board[], args: Args): Promise<SuggestDocument> {
  const { isKmodel } = await import('../../models/formats/model.ts');
  if (isKmodel(model))
    throw new SpecError('--suggest: a kmodel is converted already; pass what it was made of');
  if (boards.length !== 1) throw new SpecError('--suggest is about one board; name one');
  const { findSuggestions } = await import('../suggest/find-suggestions.ts');
  const { suggestDocument } = await import('../suggest/suggestion-report.ts');
  const found = findSuggestions(model, boards[0], toPredictOptions(args), undefined);
  return suggestDocument(found, undefined, MOST_SUGGESTIONS);
}

async function suggestionText(document: SuggestDocument): Promise<string> {
  const { formatSuggestions } = await import('../suggest/suggestion-report.ts');
  return formatSuggestions(document);
}
