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

/** A plain table: a line of titles, a rule, the rows; no colours. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const titles = columns.map(({ title }) => title);
  const limits = columns.map(({ maxWidth = Number.POSITIVE_INFINITY }) => maxWidth);
  const widths = titles.map((title, at) =>
    Math.min(limits[at], Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length))),
  );
  const table = new Table({
    colWidths: widths,
    wordWrap: true,
    chars: NO_FRAME,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: columns.map(({ align = 'left' }) => align),
  });
  table.push(
    titles,
    widths.map((width) => '-'.repeat(width)),
    ...rows.map((row) => [...row]),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}
