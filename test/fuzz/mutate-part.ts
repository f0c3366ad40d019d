/*
 * Parts of a sweep: what is wrong with them is in a field of the footer or in a page of a column, and all checksums are right.
 */
import { parquetMetadata, type FileMetaData } from 'hyparquet';
import { crc32 } from '../../src/models/formats/crc32.ts';
import { FooterWriter, MAGIC_BYTES, summarizeGroup } from '../../src/sweep/store/footer-writer.ts';
import { groupsEnd, readTags } from '../../src/sweep/store/parquet-file.ts';
import { tailOf } from '../../src/sweep/store/parquet-footer.ts';
import { below, mutateBytes, pick, type Draw } from './mutate.ts';

const NUMBERS = [0, 1, 2, 3, 7, 255, 65536, 2 ** 31 - 1];
const WORDS = [
  ...['BOOLEAN', 'INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
  ...['PLAIN', 'RLE', 'RLE_DICTIONARY', 'DELTA_BINARY_PACKED', 'BYTE_STREAM_SPLIT', 'DELTA_BYTE_ARRAY'],
  ...[
    'UNCOMPRESSED',
    'SNAPPY',
    'GZIP',
    'ZSTD',
    'REQUIRED',
    'OPTIONAL',
    'REPEATED',
    'UTF8',
    'DECIMAL',
    'JSON',
    'LIST',
  ],
  ...['', 'index', 'root', '__proto__', 'a\nb', 'x'.repeat(300)],
];

type Node = Record<string, unknown>;

/** Every place of a value inside, by the object or list that holds it. */
function placesIn(node: Node): [holder: Node, key: string][] {
  return Object.entries(node).flatMap(([key, value]) => {
    const inside = typeof value === 'object' && value !== null ? placesIn(value as Node) : [];
    return [[node, key] as [Node, string], ...inside];
  });
}

function otherValue(value: unknown, draw: Draw): unknown {
  if (typeof value === 'bigint')
    return draw() % 2
      ? value + BigInt(below(draw, 17) - 8)
      : pick(draw, [0n, 1n, -1n, 2n ** 31n, 2n ** 40n, 2n ** 62n]);
  if (typeof value === 'number') return draw() % 2 ? value + below(draw, 5) - 2 : pick(draw, NUMBERS);
  return typeof value === 'string' ? pick(draw, WORDS) : undefined;
}

function changeField(metadata: FileMetaData, draw: Draw): void {
  const { schema, row_groups, key_value_metadata } = metadata;
  const parts = draw() % 8 ? { schema, row_groups } : { schema, row_groups, key_value_metadata };
  const [holder, key] = pick(draw, placesIn(parts as unknown as Node));
  const value = holder[key];
  if (!Array.isArray(value)) holder[key] = otherValue(value, draw);
  else if (draw() % 2) value.splice(below(draw, value.length), 1);
  else value.splice(below(draw, value.length), 0, structuredClone(pick(draw, value)));
}

/** The file of such a body and footer. */
function partOf(body: Uint8Array, metadata: FileMetaData): Uint8Array {
  const footer = new FooterWriter();
  for (const group of metadata.row_groups) footer.add(summarizeGroup(group, crc32(body)), MAGIC_BYTES);
  return Uint8Array.from([...body, ...footer.finish(metadata.schema, readTags(metadata))]);
}

/** The footer's bytes with some that are others, and their checksum. */
function mutateFooter(seed: Uint8Array, footerBytes: number, draw: Draw): Uint8Array {
  const bytes = Uint8Array.from(seed);
  const start = bytes.length - 8 - footerBytes;
  for (let left = draw() % 2 ? 1 : 1 + below(draw, 4); left > 0; left--) {
    const at = start + below(draw, footerBytes);
    bytes[at] =
      draw() % 2
        ? bytes[at]! ^ (1 << below(draw, 8))
        : pick(draw, [0, 1, 2, 8, 0x15, 0x1c, 0x7f, 0x80, 0xff]);
  }
  const view = new DataView(bytes.buffer);
  view.setUint32(start - 4, crc32(bytes.subarray(start, start + footerBytes)), true);
  return bytes;
}

/** A part with a wrong field in its footer, other bytes in a page, or both; some have the bytes of the footer or of all mixed up. */
export function mutatePart(seed: Uint8Array, draw: Draw): Uint8Array {
  try {
    if (draw() % 12 === 0) return mutateBytes(seed, draw);
    const metadata = parquetMetadata(tailOf(seed), { geoparquet: false });
    if (draw() % 4 === 0) return mutateFooter(seed, metadata.metadata_length, draw);
    const magic = seed.subarray(0, MAGIC_BYTES);
    const pages = seed.subarray(MAGIC_BYTES, groupsEnd(seed.length, metadata));
    const kind = below(draw, 4);
    if (kind > 0) for (let left = 1 + below(draw, 2); left > 0; left--) changeField(metadata, draw);
    const body = kind < 2 ? mutateBytes(pages, draw) : pages;
    return partOf(Uint8Array.from([...magic, ...body]), metadata);
  } catch {
    return mutateBytes(seed, draw);
  }
}
