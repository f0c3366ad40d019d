import { parquetRead, parquetSchema, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import type { Column, ResultColumns } from '../batch.ts';
import { NODE_FILES, type Files } from './files.ts';
import { parseFooter, readFooter } from './parquet-footer.ts';

/** The results in a part: the bytes of one batch. Throws a FormatError of one line for anything else. */
export async function readPartResults(name: string, bytes: Uint8Array): Promise<ResultColumns> {
  const buffer = bytes.slice().buffer;
  return readRows(buffer, parseFooter(name, buffer), 0);
}

/**
 * The results in a Parquet file of a sweep, a row group (one batch) at a time. Throws a FormatError of one line for a
 * file that is none.
 */
export async function* readResults(path: string, files: Files = NODE_FILES): AsyncGenerator<ResultColumns> {
  const footer = await readFooter(files, path);
  const handle = await files.open(path, 'r');
  try {
    const { size: byteLength } = await handle.stat();
    const slice = async (start: number, end = byteLength): Promise<ArrayBuffer> => {
      const bytes = new Uint8Array(end - start);
      await handle.read(bytes, 0, bytes.length, start);
      return bytes.buffer;
    };
    for (let group = 0; group < footer.row_groups.length; group++) {
      yield await readRows({ byteLength, slice }, footer, group);
    }
  } finally {
    await handle.close();
  }
}

async function readRows(
  file: ArrayBuffer | AsyncBuffer,
  metadata: FileMetaData,
  group: number,
): Promise<ResultColumns> {
  const rowsOf = (at: number) => Number(metadata.row_groups[at]!.num_rows);
  const rows = rowsOf(group);
  const rowStart = Array.from({ length: group }, (_, at) => rowsOf(at)).reduce(
    (sum, count) => sum + count,
    0,
  );
  const columns = new Map(
    parquetSchema(metadata).children.map(({ element: { name, type } }) => [
      name,
      emptyColumn(name, type, rows),
    ]),
  );
  await parquetRead({
    file,
    metadata,
    rowStart,
    rowEnd: rowStart + rows,
    onChunk: ({ columnName, columnData, rowStart: at }) =>
      fillColumn(columns.get(columnName)!, columnData as ArrayLike<unknown>, at - rowStart),
  });
  return { rows, columns: [...columns.values()] };
}

type FilledColumn = Column & { readonly words?: string[] };

function emptyColumn(name: string, type: string | undefined, rows: number): FilledColumn {
  if (type === 'BOOLEAN') return { kind: 'flag', name, values: new Uint8Array(rows) };
  if (type === 'BYTE_ARRAY') return { kind: 'text', name, values: new Uint32Array(rows), words: [''] };
  return {
    kind: type === 'INT64' ? 'integer' : 'real',
    name,
    values: new Float64Array(rows).fill(Number.NaN),
  };
}

function fillColumn(column: FilledColumn, data: ArrayLike<unknown>, from: number): void {
  if (column.kind === 'text') return fillWords(column, data, from);
  for (let row = 0; row < data.length; row++) {
    const value = data[row];
    if (value !== undefined && value !== null) column.values[from + row] = Number(value);
  }
}

function fillWords(
  { values, words }: { readonly values: Uint32Array; readonly words?: string[] },
  data: ArrayLike<unknown>,
  from: number,
): void {
  const codes = new Map(words!.map((word, code) => [word, code]));
  for (let row = 0; row < data.length; row++) {
    const word = (data[row] ?? '') as string;
    let code = codes.get(word);
    if (code === undefined) {
      code = words!.push(word) - 1;
      codes.set(word, code);
    }
    values[from + row] = code;
  }
}
