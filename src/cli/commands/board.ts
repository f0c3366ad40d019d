import { defineCommand, JSON_OPTION } from '../command.ts';
import type { NewBoardArgs } from '../boards/write-new-board.ts';
import { writeJson, writeLine, type Io } from '../io.ts';

const ACTIONS = ['lint', 'show', 'new'] as const;

interface Args extends NewBoardArgs {
  readonly action: (typeof ACTIONS)[number];
  readonly board: string | undefined;
  readonly full: boolean;
  readonly json: boolean;
}

const NEW_OPTIONS = {
  core: { type: 'string', requiresArg: true, describe: 'new: id of its core, as boards lists them' },
  clock: { type: 'string', requiresArg: true, describe: 'new: clock of its core, such as 216MHz' },
  id: { type: 'string', requiresArg: true, default: 'my-board', describe: 'new: id of the board' },
  fpu: {
    choices: ['none', 'single', 'double'],
    describe: 'new: floating-point unit (default: that of the core)',
  },
  ram: { type: 'string', requiresArg: true, default: '256KiB', describe: 'new: memory for tensors' },
  flash: { type: 'string', requiresArg: true, default: '1MiB', describe: 'new: memory for weights' },
  cache: { type: 'string', requiresArg: true, describe: 'new: data cache (default: none)' },
  out: { type: 'string', requiresArg: true, describe: 'new: file to write (default: stdout)' },
} as const;

export const boardCommand = defineCommand<Args>({
  command: 'board <action> [board]',
  describe:
    'lint: check a board given as a JSON file, exit 1 if something is wrong; show: print one as JSON; new: a file to start from',
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ACTIONS, demandOption: true, describe: 'What to do' })
      .positional('board', { type: 'string', describe: 'JSON file, or id to show' })
      .options({
        full: {
          type: 'boolean',
          default: false,
          describe: 'show: everything that the board names spelled out, each cost row and constant',
        },
        ...NEW_OPTIONS,
        ...JSON_OPTION,
      })
      .example('$0 board show maixduino > my-board.json', 'a board to start from')
      .example('$0 board new --core cortex-m7 --clock 216MHz --cache 4KiB', 'one that is not there yet')
      .example('$0 board lint my-board.json', 'every field that is wrong, and what is allowed'),
  run: async (args, io) => {
    const { SpecError } = await import('../../errors.ts');
    if (args.full && args.action !== 'show')
      throw new SpecError(`board ${args.action} does not take --full, which is of board show`);
    if (args.action === 'new' && args.board !== undefined)
      throw new SpecError(
        `board new takes no ${args.board}; name the board with --id and its file with --out`,
      );
    if (args.action === 'new') return begin(args, io);
    const stray = strayOption(args);
    if (stray !== undefined)
      throw new SpecError(`board ${args.action} does not take --${stray}, which is of board new`);
    if (args.board === undefined) throw new SpecError(`board ${args.action} needs a JSON file or an id`);
    return args.action === 'lint' ? lint(args.board, args.json, io) : show(args.board, args.full, io);
  },
});

/** An option of `new` that was given. */
function strayOption(args: Args): string | undefined {
  const names = Object.keys(NEW_OPTIONS) as (keyof typeof NEW_OPTIONS)[];
  return names.find((name) => {
    const option = NEW_OPTIONS[name];
    return args[name] !== ('default' in option ? option.default : undefined);
  });
}

async function lint(file: string, json: boolean, io: Io): Promise<0 | 1> {
  const { readBoardJson } = await import('../inputs.ts');
  const { findBoardProblems } = await import('../../boards/json/parse-board.ts');
  const problems = findBoardProblems(await readBoardJson(file));
  if (json) writeJson(io, { file, ok: problems.length === 0, problems });
  else writeLine(io, problems.length === 0 ? `${file}: fine` : problems.join('\n'));
  return problems.length === 0 ? 0 : 1;
}

async function show(board: string, full: boolean, io: Io): Promise<0> {
  const { loadBoard } = await import('../inputs.ts');
  const resolved = await loadBoard(board);
  const { shortForm } = await import('../boards/short-form.ts');
  writeJson(io, full ? resolved : ((await shortForm(board)) ?? resolved));
  return 0;
}

async function begin(args: Args, io: Io): Promise<0> {
  const { writeNewBoard } = await import('../boards/write-new-board.ts');
  const { text, written } = await writeNewBoard(args);
  writeLine(io, written ?? text);
  return 0;
}
