import type { RowGroup, SchemaElement } from 'hyparquet';
import { crc32 } from '../../models/formats/crc32.ts';
import type { Files } from './store-files.ts';
import { FooterWriter, MAGIC_BYTES, summarizeGroup, type GroupSummary } from './footer-writer.ts';
import { checksumsOf, groupsEnd } from './parquet-file.ts';
import { damaged, parseFooter, requireTags, tailOf } from './parquet-footer.ts';

/** Where a batch lies and how many rows it holds. */
export interface PartFile {
  readonly path: string;
  readonly batch: number;
  readonly rows: number;
  /** Its bytes, where they are in memory: the file is then not read. */
  readonly bytes?: Uint8Array | undefined;
}

/** The row group of a batch, and what describes it. */
export interface Part {
  readonly body: Uint8Array;
  readonly group: GroupSummary;
  readonly schema: SchemaElement[];
}

/**
 * A part that is of this sweep; checked to the last byte where it comes from a disk. Throws a FormatError of one line for
 * anything else.
 */
export function parsePart(bytes: Uint8Array, file: PartFile, key: string): Part {
  const { path, batch, rows } = file;
  const footer = parseFooter(path, tailOf(bytes));
  requireTags(path, footer, { key, batch, rows });
  const bodyEnd = groupsEnd(bytes.length, footer);
  const [group] = footer.row_groups;
  const [checksum] = checksumsOf(footer) ?? [];
  const isFromDisk = file.bytes !== bytes;
  if (!group || checksum === undefined || (isFromDisk && crc32(bytes.subarray(0, bodyEnd)) !== checksum))
    throw damaged(path);
  const { schema } = footer;
  const summary = summaryOf(path, group, checksum, schema);
  if (!summary.places.every((place) => place >= MAGIC_BYTES && place < bodyEnd)) throw damaged(path);
  return { body: bytes.subarray(MAGIC_BYTES, bodyEnd), group: summary, schema };
}

/** Whoever hands in a part can write a checksum that fits a footer without sums, or one that cannot be written again. */
function summaryOf(path: string, group: RowGroup, checksum: number, schema: SchemaElement[]): GroupSummary {
  try {
    new FooterWriter().finish(schema, {});
    return summarizeGroup(group, checksum);
  } catch {
    throw damaged(path);
  }
}

/** A part from where it is. Throws as `parsePart`. */
export async function readPart(files: Files, file: PartFile, key: string): Promise<Part> {
  return parsePart(file.bytes ?? (await files.readFile(file.path)), file, key);
}
