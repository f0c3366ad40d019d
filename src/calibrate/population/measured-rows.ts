import { FormatError } from '../../errors.ts';
import { readTable } from '../measured-table.ts';

/** Columns of data/measured.csv that the fit and its judge read; the others may be left out of a file. */
export const MEASURED_COLUMNS = [
  ...(['id', 'board', 'soc', 'core', 'clock_mhz', 'accelerator', 'framework', 'kernels', 'dtype'] as const),
  ...(['model', 'model_desc', 'replay', 'op', 'in_shape', 'out_shape', 'kernel', 'stride', 'pad'] as const),
  ...(['count', 'macs', 'latency_ms', 'cycles', 'acc_cycles', 'cpu_cycles', 'energy_uj'] as const),
  ...(['grade', 'notes'] as const),
];

export type MeasuredColumn = (typeof MEASURED_COLUMNS)[number];

/** Columns without which a row cannot be judged. */
const REQUIRED: readonly MeasuredColumn[] = [
  ...(['id', 'board', 'core', 'clock_mhz', 'framework', 'kernels', 'dtype', 'model', 'op'] as const),
  'latency_ms',
];

/** One published time, as texts; `line` counts from 1, the header included. */
export type MeasuredRow = Readonly<Record<MeasuredColumn, string>> & {
  readonly line: number;
  /** NaN where the source prints none. */
  readonly latencyMs: number;
  readonly clockMhz: number;
  /** NaN where the source prints none. */
  readonly energyUj: number;
};

/** Far above any time, clock and energy, in their units: 30 years, an exahertz, a megajoule. */
const MOST = 1e12;

/** The rows of a table. Throws a FormatError of one line that says what is missing or which field is wrong. */
export function readMeasuredRows(csv: string): MeasuredRow[] {
  const { columns, rows } = readTable(csv);
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw new FormatError(`no column ${missing.join(', ')}; the columns are those of data/measured.csv`);
  }
  return rows.map((fields, index) => readRow(fields, index + 2));
}

function readRow(fields: Readonly<Record<string, string>>, line: number): MeasuredRow {
  const texts = Object.fromEntries(MEASURED_COLUMNS.map((column) => [column, fields[column] ?? '']));
  const row = texts as Record<MeasuredColumn, string>;
  return {
    ...row,
    line,
    latencyMs: readPositive(row, 'latency_ms', line),
    clockMhz: readPositive(row, 'clock_mhz', line),
    energyUj: readPositive(row, 'energy_uj', line),
  };
}

function readPositive(
  row: Readonly<Record<MeasuredColumn, string>>,
  column: MeasuredColumn,
  line: number,
): number {
  const text = row[column].trim();
  if (text === '') return Number.NaN;
  const value = Number(text);
  if (value > 0 && value <= MOST) return value;
  throw new FormatError(
    `line ${line}, ${column}: "${text}" must be a number above 0 and up to ${MOST}, or empty where it is not known`,
  );
}
