import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args {
  readonly file: string;
  readonly json: boolean;
}

export const boardCommand = defineCommand<Args>({
  command: 'board lint <file>',
  describe: 'Check a board given as a JSON file; exit 1 if something is wrong',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'Board as JSON' })
      .options(JSON_OPTION)
      .example('$0 board lint my-board.json', 'every field that is wrong, and what is allowed'),
  run: async ({ file, json }, io) => {
    const { readJson } = await import('../inputs.ts');
    const { findBoardProblems } = await import('../../boards/parse-board.ts');
    const problems = findBoardProblems(await readJson(file));
    if (json) writeJson(io, { file, ok: problems.length === 0, problems });
    else writeLine(io, problems.length === 0 ? `${file}: fine` : problems.join('\n'));
    return problems.length === 0 ? 0 : 1;
  },
});
