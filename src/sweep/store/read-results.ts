import { parquetRead, parquetSchema, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import { FormatError } from '../../errors.ts';
import { crc32 } from '../../models/formats/crc32.ts';
import type { Column, ResultColumns } from '../study/batch.ts';
import { NODE_FILES } from './store-files.ts';
import { MAGIC, MAGIC_BYTES } from './footer-writer.ts';
import { checksumsOf, readTags } from './parquet-file.ts';
import { damaged, parseFooter, readFooter } from './parquet-footer.ts';
import { requireOwnPages } from './own-pages.ts';
import { KEY_TAG } from './part-tags.ts';

export interface ReadOptions {
  /** Names of the columns to read, which takes the less time the fewer they are; all where absent. */
  readonly columns?: readonly string[] | undefined;
}

/** The results in a part: the bytes of one batch. Throws a FormatError of one line for anything else. */
export async function readPartResults(
  name: string,
  bytes: Uint8Array,
  { columns }: ReadOptions = {},
): Promise<ResultColumns> {
  const buffer = bytes.slice().buffer;
  return readRows(name, buffer, parseFooter(name, buffer), { group: 0, rowStart: 0, columns });
}

/** The bytes of a row group, and where they begin in their file. */
interface GroupBytes {
  readonly start: number;
  /** Behind the magic, as in the file of a part. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The results in a Parquet file of a sweep, a row group (one batch) at a time. Throws a FormatError of one line for a
 * file that is none, or is not as it was written.
 */
export async function* readResults(path: string, options: ReadOptions = {}): AsyncGenerator<ResultColumns> {
  const footer = await readFooter(NODE_FILES, path);
  let [group, rowStart] = [0, 0];
  for await (const bytes of readGroups(path, footer)) {
    const results = await readRows(path, asFile(bytes), footer, { group: group++, rowStart, ...options });
    rowStart += results.rows;
    yield results;
  }
}

/** One batch of such a file. Throws as `readResults`. */
export async function readBatch(path: string, batch: number): Promise<ResultColumns> {
  const footer = await readFooter(NODE_FILES, path);
  const before = footer.row_groups.slice(0, batch);
  const rowStart = before.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
  for await (const bytes of readGroups(path, footer, batch)) {
    return readRows(path, asFile(bytes), footer, { group: batch, rowStart });
  }
  throw new FormatError(`${path}: has no batch ${batch}`);
}

/** The file as the reader sees it that needs one of its row groups. */
function asFile({ start, bytes }: GroupBytes): AsyncBuffer {
  const byteLength = start + bytes.length - MAGIC_BYTES;
  const slice = (from: number, to = byteLength): ArrayBuffer =>
    bytes.buffer.slice(from - start + MAGIC_BYTES, to - start + MAGIC_BYTES);
  return { byteLength, slice };
}

/**
 * Whether a Parquet file is as it was written, to the last byte of its results. One that does not come from a sweep has
 * no checksums, and passes.
 */
export async function areResultsIntact(path: string): Promise<boolean> {
  try {
    const footer = await readFooter(NODE_FILES, path);
    if (readTags(footer)[KEY_TAG] === undefined) return true;
    for await (const { bytes } of readGroups(path, footer)) void bytes;
    return true;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

/** The row groups one by one, or only one of them, each held against its checksum. */
async function* readGroups(path: string, footer: FileMetaData, only?: number): AsyncGenerator<GroupBytes> {
  const checksums = checksumsOf(footer);
  if (!checksums) throw damaged(path);
  const handle = await NODE_FILES.open(path, 'r');
  try {
    const { size: fileBytes } = await handle.stat();
    for (const [group, { columns, total_compressed_size = 0n }] of footer.row_groups.entries()) {
      if (only !== undefined && group !== only) continue;
      const { dictionary_page_offset, data_page_offset = 0n } = columns[0]?.meta_data ?? {};
      const start = Number(dictionary_page_offset ?? data_page_offset);
      const bodyBytes = Number(total_compressed_size);
      if (start < MAGIC_BYTES || bodyBytes < 0 || start + bodyBytes > fileBytes) throw damaged(path);
      const bytes = new Uint8Array(MAGIC_BYTES + bodyBytes);
      bytes.set(new TextEncoder().encode(MAGIC));
      const { bytesRead } = await handle.read(bytes, MAGIC_BYTES, bodyBytes, start);
      if (bytesRead < bodyBytes || crc32(bytes) !== checksums[group]) throw damaged(path);
      yield { start, bytes };
    }
  } finally {
    await handle.close();
  }
}

interface RowsOptions extends ReadOptions {
  readonly group: number;
  /** Rows before the group. */
  readonly rowStart: number;
}

/** Rows of a group. Throws a FormatError where its footer is not about these bytes, though its checksum is right. */
async function readRows(
  name: string,
  file: ArrayBuffer | AsyncBuffer,
  metadata: FileMetaData,
  options: RowsOptions,
): Promise<ResultColumns> {
  try {
    return await decodeRows(file, metadata, options);
  } catch {
    throw damaged(name);
  }
}

async function decodeRows(
  file: ArrayBuffer | AsyncBuffer,
  metadata: FileMetaData,
  { group, rowStart, columns: wanted }: RowsOptions,
): Promise<ResultColumns> {
  const isWanted = (name: string) => wanted?.includes(name) ?? true;
  const { children } = parquetSchema(metadata);
  await requireOwnPages(file, children, metadata.row_groups[group], isWanted);
  const rows = Number(metadata.row_groups[group].num_rows);
  const columns = new Map(
    children
      .filter(({ element: { name } }) => isWanted(name))
      .map(({ element: { name, type } }) => [name, emptyColumn(name, type, rows)]),
  );
  await parquetRead({
    file,
    metadata,
    rowStart,
    rowEnd: rowStart + rows,
    columns: [...columns.keys()],
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
