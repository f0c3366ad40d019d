import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args {
  readonly json: boolean;
}

export const boardsCommand = defineCommand<Args>({
  command: 'boards',
  describe: 'The boards that are built in',
  builder: (yargs) => yargs.options(JSON_OPTION).example('$0 boards', 'ids for --board'),
  run: async ({ json }, io) => {
    const { BOARDS } = await import('../../boards/index.ts');
    const boards = BOARDS.map(({ id, name, soc, summary, runtime, units, clocks }) => ({
      id,
      name,
      soc,
      summary,
      toolchain: runtime.toolchain,
      kernels: runtime.kernels,
      units: units.map((unit) => unit.id),
      clocks: clocks.map((clock) => ({ id: clock.id, hz: clock.hz.value })),
    }));
    if (json) {
      writeJson(io, { boards });
      return 0;
    }
    const { formatTable } = await import('../../report/table.ts');
    const columns = ['id', 'board', 'chip', 'units', 'kernels'].map((title) => ({ title, maxWidth: 44 }));
    const rows = boards.map((board) => [
      board.id,
      board.name,
      board.soc,
      board.units.join(', '),
      board.kernels.join(', '),
    ]);
    writeLine(io, formatTable(columns, rows));
    return 0;
  },
});
