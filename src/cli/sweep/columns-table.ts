import { ROW_STATE, type SweepAxis, type SweepTable } from '../../report/sweep/results-table.ts';
import { columnOf, numbersOf, type Column, type ResultColumns } from '../../sweep/study/batch.ts';
import { METRICS } from '../../sweep/study/metric.ts';
import type { DesignSpace } from '../../sweep/study/space.ts';
import type { Axis, AxisValue } from '../../sweep/study/axis.ts';

const INTERVAL = ['lowMs', 'highMs'];

type TextColumn = Extract<Column, { kind: 'text' }>;

function emptyLike(column: Column, rows: number): Column {
  if (column.kind === 'flag') return { ...column, values: new Uint8Array(rows) };
  if (column.kind === 'text') return { ...column, values: new Uint32Array(rows), words: [''] };
  return { ...column, values: new Float64Array(rows).fill(Number.NaN) };
}

/** Words of a batch as numbers of the words of all batches, which grow. */
function translate(target: TextColumn, source: TextColumn): Uint32Array {
  const words = target.words as string[];
  const codes = new Map(words.map((word, code) => [word, code]));
  const found = source.words.map((word) => {
    const known = codes.get(word);
    if (known !== undefined) return known;
    codes.set(word, words.length);
    return words.push(word) - 1;
  });
  return source.values.map((code) => found[code]);
}

/** The batches of a sweep as one, in the order of its points; about 100 bytes a point. */
export async function joinResults(
  batches: AsyncIterable<ResultColumns>,
  rows: number,
): Promise<ResultColumns> {
  let columns: Column[] | undefined;
  for await (const batch of batches) {
    columns ??= batch.columns.map((column) => emptyLike(column, rows));
    const from = numbersOf(batch, 'index')[0] ?? 0;
    columns.forEach((target, at) => {
      const source = batch.columns[at];
      const isText = target.kind === 'text' && source.kind === 'text';
      target.values.set(isText ? translate(target, source) : source.values, from);
    });
  }
  return { rows, columns: columns ?? [] };
}

/** The position of each row's value on an axis. */
function axisOf(results: ResultColumns, { name, values }: Axis): SweepAxis {
  const column = columnOf(results, name);
  const stored = (value: AxisValue) => (column.kind === 'text' ? column.words.indexOf(String(value)) : value);
  const codeOf = new Map(values.map((value, code) => [stored(value), code]));
  return { name, values, codes: Uint32Array.from(column.values, (value) => codeOf.get(value)!) };
}

function statesOf(results: ResultColumns): Uint8Array {
  const [ok, fits, meets] = ['ok', 'fits', 'meets'].map((name) => numbersOf(results, name));
  return Uint8Array.from(ok, (isOk, row) => {
    if (isOk === 0) return ROW_STATE.failed;
    if (fits[row] === 0) return ROW_STATE.unfit;
    return meets[row] === 0 ? ROW_STATE.unmet : ROW_STATE.fine;
  });
}

/** The results as figures take them. */
export function tableOf({ axes }: DesignSpace, results: ResultColumns): SweepTable {
  const names = [...METRICS, ...INTERVAL].filter((name) =>
    results.columns.some((column) => column.name === name),
  );
  return {
    rows: results.rows,
    axes: axes.map((axis) => axisOf(results, axis)),
    measures: Object.fromEntries(names.map((name) => [name, numbersOf(results, name) as Float64Array])),
    states: statesOf(results),
  };
}
