import Papa from 'papaparse';
import { FormatError } from '../../errors.ts';
import { quote } from '../../models/graph/quote.ts';

/** One time that a user measured on the board. */
export interface OwnRow {
  /** Line of the file, from 1, the header included. */
  readonly line: number;
  /** A spec such as paper:8, or the path of a file. */
  readonly model: string;
  readonly latencyMs: number;
  /** Numbers of the operators that took so long; empty where the whole call did. */
  readonly ops: readonly number[];
  /** Kernel library; the board's default where empty. */
  readonly kernels: string;
}

/** Columns that a table of own times must have. */
const REQUIRED = ['model', 'latency_ms'] as const;

/** Columns that are read. */
const COLUMNS: readonly string[] = [...REQUIRED, 'ops', 'kernels'];
const isRead = (column: string): boolean => COLUMNS.includes(column);

/** Columns that say another unit or another board. */
const UNREAD = /^(units?|board|latency_(us|s|ns)|latency)$/i;

/** A profiler's table has a dozen columns; each more is held in memory for nothing. */
const MAX_COLUMNS = 1000;
/** As many lines as hundreds of profiled networks have. */
const MAX_ROWS = 10_000;

type Fields = Readonly<Record<string, string | undefined>>;

/** Columns and rows of a table. The parser's own header would be slow with many columns, and renames those that are there twice. */
function readTable(csv: string): { columns: readonly string[]; rows: readonly Fields[] } {
  const text = csv.trimEnd();
  const columns = Papa.parse<string[]>(text, { preview: 1 }).data[0] ?? [];
  if (columns.length > MAX_COLUMNS)
    throw new FormatError(`${columns.length} columns; a table has at most ${MAX_COLUMNS}`);
  const twice = columns.find((column, at) => isRead(column) && columns.indexOf(column) !== at);
  if (twice !== undefined) throw new FormatError(`column ${twice} is there twice; leave one of them out`);
  const { data, errors } = Papa.parse<string[]>(text);
  const quotes = errors.find(({ type }) => type === 'Quotes');
  if (quotes) throw new FormatError(`line ${(quotes.row ?? 0) + 1}: a quote is not closed`);
  const rows = data.slice(1);
  const long = rows.findIndex((cells) => cells.slice(columns.length).some((cell) => cell.trim() !== ''));
  if (long >= 0)
    throw new FormatError(
      `line ${long + 2} has ${rows[long].length} cells, the header ${columns.length}; write 1.9 and not 1,9`,
    );
  if (rows.length > MAX_ROWS) throw new FormatError(`${rows.length} rows; a table has at most ${MAX_ROWS}`);
  return {
    columns,
    rows: rows.map((cells) =>
      Object.fromEntries(COLUMNS.map((name) => [name, cells[columns.indexOf(name)]])),
    ),
  };
}

/** Rows of a table of own times. Throws a FormatError of one line that says what is missing or which field is wrong. */
export function readOwnRows(csv: string): OwnRow[] {
  const { columns, rows: fields } = readTable(csv);
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw new FormatError(
      `no column ${missing.join(', ')}; a table has model, latency_ms and, if need be, ops and kernels`,
    );
  }
  const unread = columns.find((column) => UNREAD.test(column.trim()));
  if (unread !== undefined) {
    throw new FormatError(
      `column ${unread}: all times are milliseconds, in latency_ms, and of the one board; leave it out`,
    );
  }
  if (fields.length === 0) throw new FormatError('no row; one measured network is enough to begin with');
  const rows = fields.map((row, index) => readRow(row, index + 2));
  checkRepeats(rows);
  return rows;
}

/** Times of one network are that far apart only where they are in different units. */
const OTHER_UNIT = 100;

/** Compares each time with the first one of the same network. */
function checkRepeats(rows: readonly OwnRow[]): void {
  const first = new Map<string, OwnRow>();
  for (const row of rows) {
    const name = `${row.model} ${row.kernels} ${row.ops.join('+')}`;
    const other = first.get(name);
    if (other) checkRepeat(row, other);
    else first.set(name, row);
  }
}

function checkRepeat(row: OwnRow, other: OwnRow): void {
  const factor = Math.max(row.latencyMs / other.latencyMs, other.latencyMs / row.latencyMs);
  if (factor < OTHER_UNIT) return;
  throw new FormatError(
    `line ${row.line}, latency_ms: ${row.latencyMs} ms, and line ${other.line} says ${other.latencyMs} ms of the same ` +
      'network; write both in milliseconds',
  );
}

function readRow(fields: Fields, line: number): OwnRow {
  const text = (fields.latency_ms ?? '').trim();
  const latencyMs = Number(text);
  if (text === '' || !Number.isFinite(latencyMs) || latencyMs <= 0) {
    throw new FormatError(
      `line ${line}, latency_ms: ${quote(text)} must be milliseconds, a number above 0 without a unit`,
    );
  }
  const model = (fields.model ?? '').trim();
  if (model === '')
    throw new FormatError(`line ${line}, model: it is empty; a spec such as paper:8, or a file`);
  return {
    line,
    model,
    latencyMs,
    ops: opsOf(fields.ops ?? '', line),
    kernels: (fields.kernels ?? '').trim(),
  };
}

/** "4+5": the operators of one line of a profiler's log. */
function opsOf(text: string, line: number): readonly number[] {
  const cells = text.trim() === '' ? [] : text.split('+').map((cell) => cell.trim());
  if (cells.every((cell) => /^\d+$/.test(cell))) return cells.map(Number);
  throw new FormatError(`line ${line}, ops: ${quote(text)} must be numbers of operators, such as 4 or 4+5`);
}
