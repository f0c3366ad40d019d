import {
  snappyUncompress,
  type AsyncBuffer,
  type PageHeader,
  type RowGroup,
  type SchemaTree,
} from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { MAX_BATCH_POINTS } from '../study/batch.ts';
import { MAX_DICTIONARY } from './column-values.ts';
import { requireSnappy } from './require-snappy.ts';

const LENGTH_BYTES = 4;

function expectOwn(holds: boolean): asserts holds {
  if (!holds) throw new RangeError('a page that no sweep writes');
}

/** Runs of Parquet's hybrid encoding: each says itself how long it is, and the reader believes it. */
function requireRuns(bytes: Uint8Array, bits: number, values: number): void {
  const runBytes = Math.ceil(bits / 8);
  let at = 0;
  for (let left = values; left > 0;) {
    let head = 0;
    for (let shift = 1, byte = 0x80; byte & 0x80; shift *= 128) {
      expectOwn(at < bytes.length);
      byte = bytes[at++];
      head += (byte & 0x7f) * shift;
    }
    const isPacked = head % 2 === 1;
    const count = Math.floor(head / 2);
    // Bits are packed in eights, the last of which may be more than there are values.
    expectOwn(isPacked ? 8 * count < left + 8 : count <= left);
    left -= isPacked ? 8 * count : count;
    at += isPacked ? count * bits : runBytes;
  }
}

/** Blocks of 128 in four parts, as `writeRun` writes them. */
const DELTA_HEAD = [0x80, 0x01, 0x04];

/** Throws where the numbers of a page are packed so that there may be other than so many. */
function requireValues(raw: Uint8Array, encoding: string, values: number): void {
  if (encoding === 'RLE') requireRuns(raw.subarray(LENGTH_BYTES), 1, values);
  else if (encoding === 'RLE_DICTIONARY') requireRuns(raw.subarray(1), raw[0], values);
  else expectOwn(encoding === 'DELTA_BINARY_PACKED' && DELTA_HEAD.every((byte, at) => raw[at] === byte));
}

interface PageBytes {
  readonly header: PageHeader;
  readonly bytes: Uint8Array;
}

/** The pages of a column, in their order. */
function* pagesOf(chunk: ArrayBuffer): Generator<PageBytes> {
  const reader = { view: new DataView(chunk), offset: 0 };
  while (reader.offset < chunk.byteLength) {
    const header = parquetHeader(reader);
    const { compressed_page_size: pageBytes } = header;
    expectOwn(pageBytes > 0 && pageBytes <= chunk.byteLength - reader.offset);
    yield { header, bytes: new Uint8Array(chunk, reader.offset, pageBytes) };
    reader.offset += pageBytes;
  }
}

function requireDictionary({ header, bytes }: PageBytes): void {
  const { type, uncompressed_page_size, dictionary_page_header } = header;
  expectOwn(type === 'DICTIONARY_PAGE' && dictionary_page_header !== undefined);
  const { num_values } = dictionary_page_header;
  expectOwn(num_values >= 0 && num_values <= MAX_DICTIONARY);
  requireSnappy(bytes, uncompressed_page_size);
}

function requireData({ header, bytes }: PageBytes, rows: number, hasLevels: boolean): void {
  const { type, uncompressed_page_size, data_page_header_v2: page } = header;
  expectOwn(type === 'DATA_PAGE_V2' && page !== undefined && page.repetition_levels_byte_length === 0);
  expectOwn(
    page.num_values === rows && page.num_rows === rows && page.num_nulls >= 0 && page.num_nulls <= rows,
  );
  const levels = bytes.subarray(0, page.definition_levels_byte_length);
  if (hasLevels) requireRuns(levels, 1, rows);
  const block = bytes.subarray(levels.length);
  requireSnappy(block, uncompressed_page_size - levels.length);
  if (page.encoding === 'PLAIN') return;
  const raw = new Uint8Array(uncompressed_page_size - levels.length);
  snappyUncompress(block, raw);
  requireValues(raw, page.encoding, rows - page.num_nulls);
}

/**
 * Throws where columns of a row group are not as `writeColumn` writes them: at most a dictionary, and one page of as many rows
 * as the group has. A file of strangers may carry checksums that fit, and a few of its bytes make the reader count to 2^31.
 */
export async function requireOwnPages(
  file: AsyncBuffer,
  schema: readonly SchemaTree[],
  { columns, num_rows }: RowGroup,
  isWanted: (name: string) => boolean,
): Promise<void> {
  const rows = Number(num_rows);
  expectOwn(rows >= 0 && rows <= MAX_BATCH_POINTS);
  for (const { meta_data } of columns) {
    const { path_in_schema, dictionary_page_offset, data_page_offset, total_compressed_size } = meta_data!;
    const [name] = path_in_schema;
    if (!isWanted(name)) continue;
    const found = schema.find(({ element }) => element.name === name);
    expectOwn(found !== undefined && found.children.length === 0 && path_in_schema.length === 1);
    const hasLevels = found.element.repetition_type !== 'REQUIRED';
    const start = Number(dictionary_page_offset ?? data_page_offset);
    const pages = [...pagesOf(await file.slice(start, start + Number(total_compressed_size)))];
    expectOwn(pages.length === 1 || pages.length === 2);
    if (pages.length === 2) requireDictionary(pages[0]);
    requireData(pages.at(-1)!, rows, hasLevels);
  }
}
