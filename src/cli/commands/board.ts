import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine, type Io } from '../io.ts';

const ACTIONS = ['lint', 'show'] as const;

interface Args {
  readonly action: (typeof ACTIONS)[number];
  readonly board: string;
  readonly json: boolean;
}

export const boardCommand = defineCommand<Args>({
  command: 'board <action> <board>',
  describe: 'lint: check a board given as a JSON file, exit 1 if something is wrong; show: print one as JSON',
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ACTIONS, demandOption: true, describe: 'What to do' })
      .positional('board', { type: 'string', demandOption: true, describe: 'JSON file, or id to show' })
      .options(JSON_OPTION)
      .example('$0 board show maixduino > my-board.json', 'a board to start from')
      .example('$0 board lint my-board.json', 'every field that is wrong, and what is allowed'),
  run: ({ action, board, json }, io) => (action === 'lint' ? lint(board, json, io) : show(board, io)),
});

async function lint(file: string, json: boolean, io: Io): Promise<0 | 1> {
  const { readBoardJson } = await import('../inputs.ts');
  const { findBoardProblems } = await import('../../boards/json/parse-board.ts');
  const problems = findBoardProblems(await readBoardJson(file));
  if (json) writeJson(io, { file, ok: problems.length === 0, problems });
  else writeLine(io, problems.length === 0 ? `${file}: fine` : problems.join('\n'));
  return problems.length === 0 ? 0 : 1;
}

async function show(board: string, io: Io): Promise<0> {
  const { loadBoard } = await import('../inputs.ts');
  writeJson(io, await loadBoard(board));
  return 0;
}
