import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args {
  readonly board: string;
  readonly json: boolean;
}

export const citeCommand = defineCommand<Args>({
  command: 'cite <board>',
  describe: 'Every constant of a board: value, unit, source, grade',
  builder: (yargs) =>
    yargs
      .positional('board', { type: 'string', demandOption: true, describe: 'Board id or JSON file' })
      .options(JSON_OPTION)
      .example('$0 cite maixduino', 'where each number comes from'),
  run: async ({ board, json }, io) => {
    const { loadBoard } = await import('../inputs.ts');
    const { citeBoard } = await import('../../boards/board/cite-board.ts');
    const { formatCitations } = await import('../citations.ts');
    const citations = citeBoard(await loadBoard(board));
    if (json) writeJson(io, citations);
    else writeLine(io, formatCitations(citations));
    return 0;
  },
});
