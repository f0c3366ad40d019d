import { parquetMetadata, type ColumnChunk, type RowGroup, type SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { FOOTER_CHECKSUM_BYTES, FooterWriter, MAGIC_BYTES, summarizeGroup } from './footer-writer.ts';

const TAGS = { 'inferscope.sweep': 'key', empty: '', umlaut: 'größer' };

const SCHEMA: SchemaElement[] = [
  { name: 'root', num_children: 17 },
  { name: 'ok', type: 'BOOLEAN', repetition_type: 'REQUIRED' },
  { name: 'words', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  ...Array.from({ length: 8 }, (_, at): SchemaElement => integer(`integer ${at}`)),
  ...Array.from({ length: 7 }, (_, at): SchemaElement => real(`real ${at}`)),
];

function integer(name: string): SchemaElement {
  return { name, type: 'INT64', repetition_type: 'OPTIONAL' };
}

function real(name: string): SchemaElement {
  return { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' };
}

const WHOLE = [0n, -1n, 255n, -(2n ** 33n), 2n ** 52n];
const REAL = [0, -1.5, 1e-300, Infinity];

function boundsOf(type: SchemaElement['type'], at: number) {
  if (type === 'INT64') return { min_value: WHOLE[at % 5], max_value: WHOLE[(at + 2) % 5] };
  if (type === 'DOUBLE') return { min_value: REAL[at % 4], max_value: REAL[(at + 1) % 4] };
  return {};
}

/** A row group whose columns lie one behind the other from `start` on. */
function groupAt(start: number, rows: number, columnBytes: number): RowGroup {
  const columns = SCHEMA.slice(1).map(({ name, type }, at): ColumnChunk => {
    const place = BigInt(start) + BigInt(at * columnBytes);
    return {
      file_offset: place,
      meta_data: {
        type: type!,
        encodings: at % 2 ? ['PLAIN', 'RLE_DICTIONARY'] : ['DELTA_BINARY_PACKED'],
        path_in_schema: [name],
        codec: 'SNAPPY',
        num_values: BigInt(rows),
        total_uncompressed_size: BigInt(3 * columnBytes),
        total_compressed_size: BigInt(columnBytes),
        data_page_offset: place + BigInt(at % 2 ? 40 : 0),
        ...(at % 2 && { dictionary_page_offset: place }),
        statistics: { null_count: BigInt(at), ...boundsOf(type, at) },
      },
    };
  });
  const groupBytes = BigInt(columnBytes * columns.length);
  return {
    columns,
    total_byte_size: 3n * groupBytes,
    num_rows: BigInt(rows),
    total_compressed_size: groupBytes,
  };
}

/** What the library itself writes behind row groups. */
function libraryFooter(groups: readonly RowGroup[]): Uint8Array {
  const writer = new ByteWriter();
  const checksums = groups.map((_, at) => (1000 + at).toString(16)).join(' ');
  const kvMetadata = Object.entries({ ...TAGS, 'inferscope.crc32': checksums }).map(([key, value]) => ({
    key,
    value,
  }));
  const parquet = new ParquetWriter({ writer, schema: SCHEMA, createdBy: 'inferscope', kvMetadata });
  parquet.row_groups.push(...groups);
  parquet.num_rows = groups.reduce((rows, { num_rows }) => rows + num_rows, 0n);
  void parquet.finish();
  return writer.getBytes().slice(MAGIC_BYTES);
}

it.each([
  ['one row group', 1, 100],
  ['twenty', 20, 1000],
  ['some beyond 1 GB, 2 GB and 4 GB', 40, 10_000_000],
])('a footer of row groups that come one by one is what hyparquet-writer writes: %s', (_, count, bytes) => {
  const groupBytes = 17 * bytes;
  const starts = Array.from({ length: count }, (__, at) => MAGIC_BYTES + at * groupBytes);
  const footer = new FooterWriter();
  for (const [at, start] of starts.entries())
    footer.add(summarizeGroup(groupAt(MAGIC_BYTES, 1000 + at, bytes), 1000 + at), start);
  const whole = starts.map((start, at) => groupAt(start, 1000 + at, bytes));
  const written = footer.finish(SCHEMA, TAGS);
  expect(footer.count).toBe(count);
  expect(written.slice(FOOTER_CHECKSUM_BYTES)).toEqual(libraryFooter(whole));
  expect(parquetMetadata(written.slice().buffer).row_groups).toHaveLength(count);
});
