import type { Board } from '../../boards/board.ts';
import type { Cell, CellFailure, CellResult } from '../../sweep/cell.ts';
import type { Grid } from '../../sweep/grid.ts';
import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine, type Io } from '../io.ts';

interface Args {
  readonly filters: string;
  readonly kernel: string;
  readonly side: string;
  readonly boards: string;
  readonly csv: string | undefined;
  readonly json: boolean;
}

const VALUES = { type: 'string', requiresArg: true } as const;

export const sweepCommand = defineCommand<Args>({
  command: 'sweep',
  describe: "The paper's network over filters, kernels and image sides on many boards",
  builder: (yargs) =>
    yargs
      .options({
        filters: { ...VALUES, default: '1:10', describe: 'Filters: 8, 1,3,5 or 1:64' },
        kernel: { ...VALUES, default: '3', describe: 'Kernel sides, e.g. 1,3,5,7' },
        side: { ...VALUES, default: '14', describe: 'Image sides in pixels, e.g. 14,28' },
        boards: { ...VALUES, default: 'all', describe: 'Board ids or JSON files with commas, or all' },
        csv: { ...VALUES, describe: 'Write the rows as CSV to this file; - for standard output' },
        ...JSON_OPTION,
      })
      .example('$0 sweep --filters 1:64 --kernel 1,3,5,7 --boards all', 'where does each board win?')
      .example('$0 sweep --filters 1:64 --csv sweep.csv', 'rows for other tools'),
  run: async (args, io) => {
    const { loadBoards } = await import('../inputs.ts');
    const { parseValues } = await import('../../sweep/grid.ts');
    const boards = await loadBoards(args.boards);
    const grid = {
      filters: parseValues('--filters', args.filters),
      kernels: parseValues('--kernel', args.kernel),
      sides: parseValues('--side', args.side),
      boards: boards.map((board) => board.id),
    };
    const run = await prepareCells(grid, boards);
    const start = io.seconds();
    const cells = run();
    await printCells(cells, io.seconds() - start, args, io);
    return 0;
  },
});

const MAX_POINTS = 200_000;

async function prepareCells(grid: Grid, boards: readonly Board[]): Promise<() => Cell[]> {
  const { countPoints, gridPoints } = await import('../../sweep/grid.ts');
  const { runCell } = await import('../../sweep/cell.ts');
  const { SpecError } = await import('../../errors.ts');
  const count = countPoints(grid);
  if (count > MAX_POINTS) {
    throw new SpecError(`sweep: ${count} points; at most ${MAX_POINTS} in one run, take narrower ranges`);
  }
  const byId = new Map(boards.map((board) => [board.id, board]));
  return () => [...gridPoints(grid)].map((point) => runCell(point, byId.get(point.board)!));
}

async function printCells(cells: readonly Cell[], seconds: number, args: Args, io: Io): Promise<void> {
  const { findLeadChanges } = await import('../../sweep/crossover.ts');
  const rows = cells.filter((cell): cell is CellResult => cell.ok);
  const failures = cells.filter((cell): cell is CellFailure => !cell.ok);
  const stored = args.csv === undefined ? 0 : await writeCsv(rows, args.csv, io);
  if (args.csv === '-') return;
  const crossover = findLeadChanges(rows);
  const [points, failed] = [cells.length, failures.length];
  const summary = { points, failed, stored, seconds, pointsPerSecond: points / seconds };
  if (args.json) {
    writeJson(io, { ...summary, crossover, rows, failures });
    return;
  }
  const { formatSweep } = await import('../../report/sweep.ts');
  writeLine(io, formatSweep({ ...summary, crossover, rows, failures }));
}

async function writeCsv(rows: readonly CellResult[], path: string, io: Io): Promise<number> {
  const { formatCsv } = await import('../../report/csv.ts');
  const text = formatCsv(rows.map(({ ok: _, ...row }) => row));
  if (path === '-') {
    io.out(text);
    return rows.length;
  }
  const { writeText } = await import('../outputs.ts');
  await writeText(path, text);
  io.err(`wrote ${path}, ${rows.length} rows\n`);
  return rows.length;
}
