import type { FileMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import type { ResultColumns } from '../study/batch.ts';
import { crc32 } from '../../models/formats/crc32.ts';
import {
  appendMagic,
  CHECKSUM_TAG,
  FOOTER_CHECKSUM_BYTES,
  FooterWriter,
  MAGIC_BYTES,
  summarizeGroup,
  type GroupSummary,
  type Tags,
} from './footer-writer.ts';
import { emptied, schemaElement, writeColumn } from './parquet-column.ts';

export function readTags({ key_value_metadata }: FileMetaData): Tags {
  return Object.fromEntries((key_value_metadata ?? []).map(({ key, value }) => [key, value ?? '']));
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
export interface PartSummary {
  readonly group: GroupSummary;
  /** Of its columns, which follow its magic. */
  readonly bodyBytes: number;
  readonly schema: SchemaElement[];
}

export interface EncodedPart {
  /** Good until the next part is encoded. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly summary: PartSummary;
}

/**
 * One batch as a whole Parquet file of one row group, with a checksum of its body. The same results give the same
 * bytes in every thread and on every machine.
 */
export function encodePart(results: ResultColumns, tags: Tags): EncodedPart {
  const writer = emptied(partWriter);
  appendMagic(writer);
  const rowGroup = encodeGroup(writer, results);
  const group = summarizeGroup(rowGroup, crc32(writer.getBytes()));
  const schema = [
    { name: 'root', num_children: results.columns.length },
    ...results.columns.map((column) => schemaElement(column)),
  ];
  const summary = { group, bodyBytes: writer.offset - MAGIC_BYTES, schema };
  const footer = new FooterWriter();
  footer.add(group, MAGIC_BYTES);
  writer.appendBytes(footer.finish(schema, tags));
  return { bytes: writer.getBytes(), summary };
}

/** The checksums of a file's row groups, as it says them; undefined where they are not of all. */
export function checksumsOf(footer: FileMetaData): readonly number[] | undefined {
  const words = readTags(footer)[CHECKSUM_TAG]?.split(' ') ?? [];
  return words.length === footer.row_groups.length
    ? words.map((word) => Number.parseInt(word, 16))
    : undefined;
}

/** Where the row groups of a file end. */
export function groupsEnd(fileBytes: number, { metadata_length }: FileMetaData): number {
  return fileBytes - MAGIC_BYTES - 4 - metadata_length - FOOTER_CHECKSUM_BYTES;
}
