import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args {
  readonly json: boolean;
}

export const boardsCommand = defineCommand<Args>({
  command: 'boards',
  describe: 'The boards that are built in, what they are made of, and how well they are known',
  builder: (yargs) => yargs.options(JSON_OPTION).example('$0 boards', 'ids for --board'),
  run: async ({ json }, io) => {
    const { listBoards } = await import('../boards/board-list.ts');
    const boards = listBoards();
    if (json) {
      writeJson(io, { boards });
      return 0;
    }
    const { formatTable } = await import('../../report/table.ts');
    const { formatHeldOut } = await import('../../report/board-grades-text.ts');
    const columns = ['id', 'chip', 'core', 'runtimes', 'kernels'].map((title) => ({ title, maxWidth: 40 }));
    const rows = boards.map((board) => [
      ...[board.id, board.soc, board.core, board.runtimes.join(', ')],
      ...[board.kernels.join(', '), `${board.rows}`, formatHeldOut(board)],
    ]);
    const known = [{ title: 'rows', align: 'right' }, { title: 'held-out error' }] as const;
    writeLine(io, formatTable([...columns, ...known], rows));
    return 0;
  },
});
