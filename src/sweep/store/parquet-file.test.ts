import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { valueAt, type Column, type ResultColumns } from '../study/batch.ts';
import { encodePart } from './parquet-file.ts';

const numbers = (
  kind: 'integer' | 'real',
  name: string,
  rows: number,
  at: (row: number) => number,
): Column => ({
  kind,
  name,
  values: Float64Array.from({ length: rows }, (_, row) => at(row)),
});

const WORDS = ['', 'a', 'bé,"\n', '漢字'];

function columnsOf(rows: number): Column[] {
  return [
    numbers('integer', 'index', rows, (row) => 2 ** 40 + row),
    numbers('integer', 'few', rows, (row) => [1, 3, 5][(row >> 3) % 3]),
    numbers('integer', 'one', rows, () => 7),
    numbers('integer', 'many', rows, (row) => ((row * 7919) % 100_003) - 50_000),
    numbers('integer', 'wide', rows, (row) => (row % 2 ? -1 : 1) * (2 ** 53 - 1 - row)),
    numbers('integer', 'gaps', rows, (row) => (row % 7 === 0 ? Number.NaN : row * row)),
    numbers('integer', 'none', rows, () => Number.NaN),
    numbers('real', 'sine', rows, (row) => Math.sin(row) * 1e-3),
    numbers('real', 'coarse', rows, (row) => (row % 11) / 10),
    numbers('real', 'holes', rows, (row) => (row % 3 === 0 ? Number.NaN : 1 / row)),
    { kind: 'flag', name: 'even', values: Uint8Array.from({ length: rows }, (_, row) => +(row % 2 === 0)) },
    { kind: 'flag', name: 'yes', values: new Uint8Array(rows).fill(1) },
    {
      kind: 'text',
      name: 'word',
      values: Uint32Array.from({ length: rows }, (_, row) => row % 4),
      words: WORDS,
    },
    { kind: 'text', name: 'empty', values: new Uint32Array(rows), words: [''] },
    {
      kind: 'text',
      name: 'each',
      values: Uint32Array.from({ length: rows }, (_, row) => row),
      words: Array.from({ length: rows }, (_, row) => `design ${row}`),
    },
  ];
}

function expected(column: Column, row: number): unknown {
  const value = valueAt(column, row);
  if (value === '' || Number.isNaN(value)) return null;
  return column.kind === 'integer' ? BigInt(value) : value;
}

const resultsOf = (rows: number): ResultColumns => ({ rows, columns: columnsOf(rows) });

describe('a batch as a Parquet file', () => {
  it.each([1, 7, 8, 129, 130, 1000, 16_384])(
    'another reader finds what was written: %i rows',
    async (rows) => {
      const { columns } = resultsOf(rows);
      const records = await parquetReadObjects({
        file: encodePart({ rows, columns }, {}).bytes.slice().buffer,
      });
      const wanted = Array.from({ length: rows }, (_, row) =>
        Object.fromEntries(columns.map((column) => [column.name, expected(column, row)])),
      );
      expect(records).toEqual(wanted);
    },
  );

  it('an index and values that repeat cost next to nothing', () => {
    const rows = 16_384;
    const [index, few, one] = columnsOf(rows);
    expect(encodePart({ rows, columns: [index, few, one] }, {}).bytes.length).toBeLessThan(rows / 4);
  });

  it('the same results give the same bytes', () => {
    const encode = () => encodePart(resultsOf(500), { a: 'b' }).bytes.slice();
    expect(encode()).toEqual(encode());
  });
});
