/**
 * Points in one batch, the unit of work, of storage and of resuming; the last batch of a study may hold fewer. Half as
 * many cost two workers 4 % of their speed in files, messages and code that is compiled for a batch.
 */
export const BATCH_POINTS = 32_768;
/** Points that a batch can have: its results are read at once. */
export const MAX_BATCH_POINTS = 2 ** 20;
/** The same at least where a study has fewer points, and where they are of whole model files, which take longer. */
export const SMALL_BATCH_POINTS = 4096;
/** The same where each point has its interval, which takes so much longer that a batch is still about a second. */
export const INTERVAL_BATCH_POINTS = 1024;

/** Whole numbers, NaN where a failed point has none. */
export interface IntegerColumn {
  readonly kind: 'integer';
  readonly name: string;
  readonly values: Float64Array<ArrayBuffer>;
}

/** Any numbers, NaN where there is none. */
export interface RealColumn {
  readonly kind: 'real';
  readonly name: string;
  readonly values: Float64Array<ArrayBuffer>;
}

/** 0 or 1. */
export interface FlagColumn {
  readonly kind: 'flag';
  readonly name: string;
  readonly values: Uint8Array<ArrayBuffer>;
}

/** Words by number: `words[values[row]]`. An empty word says that there is none. */
export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly values: Uint32Array<ArrayBuffer>;
  readonly words: readonly string[];
}

/** The values of one column, one a row. */
export type Column = IntegerColumn | RealColumn | FlagColumn | TextColumn;

/**
 * Results of a run of points as typed columns, in the order of their index. The first is `index` (in the study), then
 * one for each axis, then `ok`, `reason` (of a failed point), `latencyMs`, `reportedMs`, `flashBytes`, `ramBytes`,
 * `macs`, `fits`, `meets` (the constraint), `accuracy` (0 to 1, of the trained float32 network; NaN where none was
 * trained) and, where intervals are asked for, `lowMs` and `highMs` (90 %).
 */
export interface ResultColumns {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** The column of this name. Throws an Error where the results have none. */
export function columnOf(results: ResultColumns, name: string): Column {
  const column = results.columns.find((candidate) => candidate.name === name);
  if (column) return column;
  throw new Error(`results have no column "${name}"`);
}

/** Values of a column that holds numbers. Throws an Error for words. */
export function numbersOf(results: ResultColumns, name: string): Float64Array | Uint8Array {
  const column = columnOf(results, name);
  if (column.kind !== 'text') return column.values;
  throw new Error(`column "${name}" holds words`);
}

/** What a row holds in a column: a number, a flag as boolean, or a word. */
export function valueAt(column: Column, row: number): number | boolean | string {
  if (column.kind === 'text') return column.words[column.values[row]];
  return column.kind === 'flag' ? column.values[row] === 1 : column.values[row];
}

/** Buffers to hand over between threads instead of copying them. */
export function transferablesOf({ columns }: ResultColumns): ArrayBuffer[] {
  return columns.map(({ values }) => values.buffer);
}
