import { listBoards } from '../../src/cli/boards/board-list.ts';
import { formatHeldOut } from '../../src/report/board-grades-text.ts';

/** Markdown of a page of all boards: what they are made of, the measured rows behind them, and the error on rows kept back. */
export function boardsPage(): string {
  const rows = listBoards().map((board) =>
    [
      `\`${board.id}\``,
      board.soc,
      board.core,
      board.runtimes.join(', '),
      board.kernels.join(', '),
      `${board.rows}`,
      formatHeldOut(board),
    ].join(' | '),
  );
  return [
    '# Boards',
    '',
    'What `inferscope boards` lists. Rows are published measurements behind a board; the held-out error is the median over',
    'those rows, each predicted without it ([how it was found](docs/accuracy.md)). "estimate" means that no row was there to hold out.',
    '',
    '| id | chip | core | runtimes | kernels | rows | held-out error |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}
