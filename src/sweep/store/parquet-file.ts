import type { FileMetaData, KeyValue, RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ResultColumns } from '../batch.ts';
import { crc32 } from '../../models/crc32.ts';
import { schemaElement, writeColumn } from './parquet-column.ts';

/** With this a Parquet file begins and ends. */
export const MAGIC = 'PAR1';
export const MAGIC_BYTES = 4;

/** Words that a file's footer carries. */
export type Tags = Readonly<Record<string, string>>;

const CHECKSUM_TAG = 'inferscope.crc32';

function keyValues(tags: Tags): KeyValue[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

export function readTags({ key_value_metadata }: FileMetaData): Tags {
  return Object.fromEntries((key_value_metadata ?? []).map(({ key, value }) => [key, value ?? '']));
}

/** The end of a file whose row groups end at `bodyEnd`: footer, its length, magic. */
export function encodeFooter(
  schema: SchemaElement[],
  groups: readonly RowGroup[],
  bodyEnd: number,
  tags: Tags,
): Uint8Array {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema,
    codec: 'SNAPPY',
    createdBy: 'inferscope',
    kvMetadata: keyValues(tags),
  });
  writer.offset = bodyEnd;
  writer.index = 0;
  parquet.row_groups.push(...groups);
  parquet.num_rows = groups.reduce((rows, group) => rows + group.num_rows, 0n);
  void parquet.finish();
  return writer.getBytes();
}

function encodeGroup(writer: ByteWriter, { rows, columns }: ResultColumns): RowGroup {
  const start = writer.offset;
  const chunks = columns.map((column) => writeColumn(writer, column));
  const rawBytes = chunks.reduce((sum, { meta_data }) => sum + meta_data!.total_uncompressed_size, 0n);
  return {
    columns: chunks,
    total_byte_size: rawBytes,
    num_rows: BigInt(rows),
    total_compressed_size: BigInt(writer.offset - start),
  };
}

// Used again for each batch: fresh memory would cost more than what is written to it.
const partWriter = new ByteWriter(1 << 18);

/** What a merged file needs to know of a part, without a look at its footer. */
export interface PartOutline {
  /** Where the part keeps its columns: behind its magic. */
  readonly group: RowGroup;
  readonly bodyBytes: number;
  readonly schema: SchemaElement[];
}

export interface EncodedPart {
  /** Good until the next part is encoded. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly outline: PartOutline;
}

/**
 * One batch as a whole Parquet file of one row group, with a checksum of its body. The same results give the same
 * bytes in every thread and on every machine.
 */
export function encodePart(results: ResultColumns, tags: Tags): EncodedPart {
  const writer = partWriter;
  writer.index = writer.offset = 0;
  writer.appendUint32(0x31524150);
  const group = encodeGroup(writer, results);
  const checksum = crc32(writer.getBytes()).toString(16);
  const schema = [
    { name: 'root', num_children: results.columns.length },
    ...results.columns.map((column) => schemaElement(column)),
  ];
  const outline = { group, bodyBytes: writer.offset - MAGIC_BYTES, schema };
  const footer = encodeFooter(schema, [group], writer.offset, { ...tags, [CHECKSUM_TAG]: checksum });
  writer.appendBytes(footer);
  return { bytes: writer.getBytes() as Uint8Array<ArrayBuffer>, outline };
}

/** True where the body of a part, all before `bodyEnd`, is as it was written. */
export function isBodyIntact(bytes: Uint8Array, bodyEnd: number, tags: Tags): boolean {
  return crc32(bytes.subarray(0, bodyEnd)).toString(16) === tags[CHECKSUM_TAG];
}

/** Where the footer of a file begins. */
export function footerStart(fileBytes: number, { metadata_length }: FileMetaData): number {
  return fileBytes - MAGIC_BYTES - 4 - metadata_length;
}

/** A row group that is moved by so many bytes. */
export function shiftGroup(group: RowGroup, byBytes: number): RowGroup {
  const by = BigInt(byBytes);
  return {
    ...group,
    columns: group.columns.map((chunk) => {
      const meta = chunk.meta_data!;
      return {
        ...chunk,
        file_offset: chunk.file_offset + by,
        meta_data: {
          ...meta,
          data_page_offset: meta.data_page_offset + by,
          ...(meta.dictionary_page_offset !== undefined && {
            dictionary_page_offset: meta.dictionary_page_offset + by,
          }),
        },
      };
    }),
  };
}
