import { FormatError } from '../errors.ts';
import type { LogRow, ProfileLog } from './log-row.ts';

/** What a column holds, by the names that tables give it; the first column of a kind that a table has is taken. */
const COLUMNS = {
  op: [
    /^op_?code$/,
    /^tflite[_ ]operator$/,
    /^op(erator)?$/,
    /^(op_)?type$/,
    /^tag$/,
    /^event[_ ]name$/,
    /^layer[_ ]type$/,
  ],
  layer: [/^name$/, /^layer([_ ]name)?$/, /^node$/],
  seconds: [/^(time|latency|duration) ?\(s\)$/, /^seconds$/],
  ms: [
    /^(avg|p50|time|latency|duration|dur) ?\(ms\)$/,
    /^(p10|p90|min|max) ?\(ms\)$/,
    /^(time_|latency_|duration_)?ms$/,
    /^(measured|latency|duration)ms$/,
  ],
  us: [/^(avg|p50|time|latency|duration) ?\(us\)$/, /^(time_|latency_|duration_)?us$/],
  ticks: [/^ticks$/, /^(op )?cycles$/, /^npu$/],
  amount: [/^latency$/, /^time$/],
} as const;

type ColumnName = keyof typeof COLUMNS;
type Header = Readonly<Partial<Record<ColumnName, number>>>;

const PREFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
};

/** "12.3m" (milli), "959.0k", "7312.0" as a number; NaN for anything else. */
function amountOf(text: string): number {
  const [, digits, prefix] = /^(\d+(?:\.\d+)?(?:e[-+]?\d+)?)([numkMG]?)$/.exec(text.trim()) ?? [];
  return digits === undefined ? Number.NaN : Number(digits) * PREFIXES[prefix];
}

/** Cells of one line: of a frame of | or │, of a CSV, or of columns with two blanks or a tab between. */
function cellsOf(line: string): string[] {
  const bars = /[|│┃║]/;
  if (bars.test(line)) {
    const inner = line.slice(line.search(bars) + 1).replace(/[|│┃║]\s*$/, '');
    return inner.split(bars).map((cell) => cell.trim());
  }
  if (line.includes(',')) return (line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []).slice(0, -1).map(unquote);
  return line
    .trim()
    .split(/\t|\s{2,}/)
    .map((cell) => cell.trim());
}

const unquote = (cell: string): string =>
  cell
    .replace(/,$/, '')
    .trim()
    .replace(/^"(.*)"$/, '$1');

/** Titles stand in a line that somebody can read; what is longer are values. */
const MOST_LETTERS = 100_000;

function headerOf(line: string): Header | undefined {
  // At least a name and an amount, with something between them.
  if (line.length > MOST_LETTERS || !/[|│┃║,\t]|\s{2}/.test(line)) return undefined;
  const names = cellsOf(line).map((cell) => cell.toLowerCase());
  const found: Partial<Record<ColumnName, number>> = {};
  for (const [column, patterns] of Object.entries(COLUMNS) as [ColumnName, readonly RegExp[]][]) {
    const at = patterns
      .map((pattern) => names.findIndex((name) => pattern.test(name)))
      .find((index) => index >= 0);
    if (at !== undefined) found[column] = at;
  }
  const hasAmount = ['seconds', 'ms', 'us', 'ticks', 'amount'].some((column) => column in found);
  return hasAmount && (found.op !== undefined || found.layer !== undefined) ? found : undefined;
}

/** A table with a line of titles: Silicon Labs' and ESP-DL's profilers, Vela, ExecuTorch's Inspector, any CSV. */
export function readTableLog(text: string, name: string): ProfileLog | undefined {
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex((line) => headerOf(line) !== undefined);
  if (at < 0) return undefined;
  const header = headerOf(lines[at])!;
  const rows = lines.slice(at + 1).flatMap((line, index): LogRow[] => {
    const row = rowOf(cellsOf(line), header, `${name}: line ${at + index + 2}`);
    return row ? [{ line: at + index + 2, ...row }] : [];
  });
  if (rows.length === 0) return undefined;
  return {
    ...{ format: formatOf(lines[at]), rows: inMilliseconds(rows, callOf(lines.slice(at + 1), header)) },
    ...(isSorted(lines.slice(at + 1, rows[0].line), header) && { isSorted: true }),
  };
}

/** ESP-DL's profile(true) writes the total before its layers, which then come by their time; else it is the last line. */
const isSorted = (before: readonly string[], { layer = -1 }: Header): boolean =>
  before.some((line) => /^total$/i.test(cellsOf(line)[layer] ?? ''));

/** Sums, what happens once, and what a delegate does besides: moves of its own layouts. */
const NO_LAYER = /^(total\b|sum\b|method::|program::|(delegate|operator)_call$|(transpose|copy|convert) \()/i;
const WHOLE_CALL = /^(method::execute|delegate_call)$/i;

/** Milliseconds of the whole call, where a table of ExecuTorch says it. */
function callOf(lines: readonly string[], { op, ms }: Header): number | undefined {
  if (op === undefined || ms === undefined) return undefined;
  const found = lines.map(cellsOf).find((cells) => WHOLE_CALL.test(cells[op] ?? ''));
  return found && Number(found[ms]);
}

/**
 * ExecuTorch's Inspector prints nanoseconds of delegates under a heading of milliseconds (pytorch/executorch, issue 4504): layers that
 * are a thousand times longer than the call that they are in are such.
 */
function inMilliseconds(rows: readonly LogRow[], callMs: number | undefined): readonly LogRow[] {
  const sum = rows.reduce((total, { ms = 0 }) => total + ms, 0);
  if (callMs === undefined || !(sum > 1e3 * callMs)) return rows;
  return rows.map((row) => (row.ms === undefined ? row : { ...row, ms: row.ms / 1e6 }));
}

function formatOf(titles: string): string {
  const kinds: readonly (readonly [RegExp, string])[] = [
    [/TFLite_operator.*NNG Operator/, 'Vela, per layer'],
    [/OpCode.*Acc Cycles/, 'Silicon Labs profiler'],
    [/event[_ ]name/i, 'ExecuTorch Inspector'],
    [/\bname\b.*\btype\b.*\blatency\b/i, 'ESP-DL profiler'],
  ];
  return kinds.find(([pattern]) => pattern.test(titles))?.[1] ?? 'table';
}

/** Frames, sums and lines without an amount are no layers. */
function rowOf(cells: readonly string[], header: Header, where: string): Omit<LogRow, 'line'> | undefined {
  const cell = (column: ColumnName) => (header[column] === undefined ? '' : (cells[header[column]] ?? ''));
  const [layer, op] = [cell('layer'), cell('op') || cell('layer')];
  if (op === '' || /^[-+=\s]*$/.test(op) || NO_LAYER.test(op)) return undefined;
  const { ms, ticks } = amounts(cell);
  if (ms === undefined && ticks === undefined) return undefined;
  if (Number.isNaN(ms ?? ticks))
    throw new FormatError(`${where}: "${cells.join(' ')}" has no amount where one stands`);
  return {
    op,
    ...(layer !== '' && layer !== op && { layer }),
    ...(ms !== undefined ? { ms } : { ticks: ticks! }),
  };
}

/** A number with its unit; a message of the system may break in behind it, "7028usE (6927) task_wdt: ...". */
const AMOUNT = /^([\d.]+)\s*(us|ms|s|cycles?)(?=$|[EWIDV] \(\d+\))/;

function amounts(cell: (column: ColumnName) => string): { readonly ms?: number; readonly ticks?: number } {
  const [seconds, ms, us, amount, ticks] = (['seconds', 'ms', 'us', 'amount', 'ticks'] as const).map(cell);
  if (seconds) return { ms: amountOf(seconds) * 1e3 };
  if (ms) return { ms: amountOf(ms) };
  if (us) return { ms: amountOf(us) / 1e3 };
  const [, value, unit] = AMOUNT.exec(amount) ?? [];
  if (unit?.startsWith('cycle')) return { ticks: Number(value) };
  if (value !== undefined) return { ms: Number(value) * ({ us: 1e-3, ms: 1, s: 1e3 }[unit] ?? Number.NaN) };
  return ticks ? { ticks: amountOf(ticks) } : {};
}
