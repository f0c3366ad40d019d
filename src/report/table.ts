import Table from 'cli-table3';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Longer cells are broken at spaces. */
  readonly maxWidth?: number;
}

const NO_FRAME = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

const PLAIN = /^[\x20-\x7e]*$/;

type Cells = readonly string[];

/** Whether each cell is one line of ASCII that fits its column, so that it is laid out by filling it up. */
function isPlain(cells: Cells, widths: readonly number[]): boolean {
  return (
    cells.length === widths.length && cells.every((cell, at) => cell.length <= widths[at] && PLAIN.test(cell))
  );
}

function fillUp(cells: Cells, widths: readonly number[], columns: readonly Column[]): string {
  const filled = cells.map((cell, at) =>
    columns[at].align === 'right' ? cell.padStart(widths[at]) : cell.padEnd(widths[at]),
  );
  return filled.join(NO_FRAME.middle);
}

/** A row whose cells are broken at spaces, or hold signs of other widths. */
function breakLines(cells: Cells, widths: readonly number[], columns: readonly Column[]): string {
  const table = new Table({
    colWidths: [...widths],
    wordWrap: true,
    chars: NO_FRAME,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: columns.map(({ align = 'left' }) => align),
  });
  table.push([...cells]);
  return table.toString();
}

function widthsOf(columns: readonly Column[], rows: readonly Cells[]): number[] {
  const widths = columns.map(({ title }) => title.length);
  for (const row of rows) {
    for (let at = 0; at < widths.length; at++) widths[at] = Math.max(widths[at], row[at]?.length ?? 0);
  }
  return widths.map((width, at) => Math.min(columns[at].maxWidth ?? width, width));
}

/** A plain table: a line of titles, a rule, the rows; no colours. */
export function formatTable(columns: readonly Column[], rows: readonly Cells[]): string {
  const widths = widthsOf(columns, rows);
  const head = [columns.map(({ title }) => title), widths.map((width) => '-'.repeat(width))];
  return [...head, ...rows]
    .map((cells) => (isPlain(cells, widths) ? fillUp : breakLines)(cells, widths, columns))
    .join('\n')
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}
