import Papa from 'papaparse';
import { FormatError } from '../errors.ts';
import { quote } from '../models/graph/quote.ts';

/** Cells of a line by column; a column that the line does not reach is absent. */
export type Cells = Readonly<Record<string, string>>;

/** Of a picture, a kernel or channels: far more than any that was counted, and little enough to be walked along. */
const MOST_ALONG_AXIS = 2 ** 16;

export interface MeasuredTable {
  readonly columns: readonly string[];
  readonly rows: readonly Cells[];
}

/** Reads CSV with a header line. Throws a FormatError of one line for quotes that do not close and cells without a column. */
export function readTable(csv: string): MeasuredTable {
  const { data, meta, errors } = Papa.parse<Cells>(csv.trimEnd(), { header: true, skipEmptyLines: true });
  for (const { type, code, row = 0 } of errors) {
    // Of quotes the parser counts the header too.
    if (type === 'Quotes') throw new FormatError(`line ${row + 1}: a quote is not closed`);
    if (code === 'TooManyFields' && hasMore(data[row]))
      throw new FormatError(`line ${row + 2}: more cells than there are columns`);
  }
  return { columns: meta.fields ?? [], rows: data };
}

/** Whether a line has a cell behind the last column; empty ones are what spreadsheets write. */
function hasMore(cells: Cells): boolean {
  const { __parsed_extra: extra = [] } = cells as { readonly __parsed_extra?: readonly string[] };
  return extra.some((cell) => cell.trim() !== '');
}

/** A count of instructions, or along an axis. Throws a FormatError that names line and column. */
export function readCount(cells: Cells, column: string, line: number): number {
  const text = cells[column] ?? '';
  const value = Number(text);
  const most = column === 'instructions' ? Number.MAX_SAFE_INTEGER : MOST_ALONG_AXIS;
  if (text !== '' && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new FormatError(
    `instruction counts: line ${line}, column "${column}": ${quote(text)} is no count from 0 to ${most}`,
  );
}
