import { parquetMetadata, type FileMetaData } from 'hyparquet';
import { FormatError } from '../../errors.ts';
import { readTags } from './parquet-file.ts';
import { crc32 } from '../../models/formats/crc32.ts';
import type { Files } from './store-files.ts';
import { FOOTER_CHECKSUM_BYTES, type Tags } from './footer-writer.ts';
import { BATCH_TAG, KEY_TAG } from './part-tags.ts';

const TAIL_BYTES = 1 << 16;

/** The footer of a Parquet file. Throws a FormatError of one line for anything else. */
export async function readFooter(files: Files, path: string): Promise<FileMetaData> {
  const handle = await files.open(path, 'r');
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw unreadable(path);
    const fileBytes = found.size;
    const read = async (bytes: number) => {
      const tail = new Uint8Array(bytes);
      await handle.read(tail, 0, bytes, fileBytes - bytes);
      return tail.buffer;
    };
    const tail = await read(Math.min(TAIL_BYTES, fileBytes));
    const around = END_BYTES + FOOTER_CHECKSUM_BYTES;
    const needed =
      fileBytes < around ? 0 : new DataView(tail).getUint32(tail.byteLength - END_BYTES, true) + around;
    return parseFooter(path, needed > tail.byteLength && needed <= fileBytes ? await read(needed) : tail);
  } finally {
    await handle.close();
  }
}

const END_BYTES = 8;

/** A copy of a file's last bytes, its footer among them where it has one. */
export function tailOf(bytes: Uint8Array): ArrayBuffer {
  const end = new Uint8Array(bytes.subarray(-END_BYTES)).buffer;
  if (end.byteLength < END_BYTES) return end;
  // A footer is followed by its length and the magic.
  const footerBytes = new DataView(end).getUint32(0, true);
  return new Uint8Array(bytes.subarray(-(footerBytes + END_BYTES + FOOTER_CHECKSUM_BYTES))).buffer;
}

/** The footer in the last bytes of a file. */
export function parseFooter(path: string, bytes: ArrayBuffer): FileMetaData {
  let footer: FileMetaData;
  let tags: Tags;
  try {
    // Columns of geography are looked for in a loop that a number of children below zero keeps going.
    footer = parquetMetadata(bytes, { geoparquet: false });
    tags = readTags(footer);
  } catch {
    throw unreadable(path);
  }
  // Other programs' files have no checksum there.
  if (tags[KEY_TAG] !== undefined && !isFooterIntact(bytes, footer)) throw unreadable(path);
  return footer;
}

function isFooterIntact(bytes: ArrayBuffer, { metadata_length }: FileMetaData): boolean {
  const start = bytes.byteLength - END_BYTES - metadata_length;
  if (start < FOOTER_CHECKSUM_BYTES) return false;
  const checksum = new DataView(bytes).getUint32(start - FOOTER_CHECKSUM_BYTES, true);
  return crc32(new Uint8Array(bytes, start, metadata_length)) === checksum;
}

function unreadable(path: string): FormatError {
  return new FormatError(`${path}: is damaged or no Parquet file; ${REMEDY}`);
}

const REMEDY = 'delete it and run again with --resume';

/** Throws a FormatError of one line where a file is not of this sweep, not of this batch or has other rows. */
export function requireTags(
  path: string,
  footer: FileMetaData,
  expected: { key: string; batch?: number; rows: number },
): void {
  const tags = readTags(footer);
  const batch = expected.batch === undefined ? undefined : String(expected.batch);
  if (
    tags[KEY_TAG] === expected.key &&
    tags[BATCH_TAG] === batch &&
    footer.num_rows === BigInt(expected.rows)
  )
    return;
  throw new FormatError(`${path}: is not of this sweep; ${REMEDY}`);
}

export function damaged(path: string): FormatError {
  return new FormatError(`${path}: is damaged (its checksum differs); ${REMEDY}`);
}
