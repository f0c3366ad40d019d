import type { RowGroup, SchemaElement } from 'hyparquet';
import type { Files } from './files.ts';
import { writeDurable } from './files.ts';
import {
  encodeFooter,
  footerStart,
  isBodyIntact,
  MAGIC_BYTES,
  readTags,
  shiftGroup,
} from './parquet-file.ts';
import { damaged, parseFooter, requireTags, tailOf } from './parquet-footer.ts';
import { KEY_TAG } from './part-tags.ts';

/** Where a batch lies and how many rows it holds. */
export interface PartFile {
  readonly path: string;
  readonly batch: number;
  readonly rows: number;
  /** Its bytes, where they are in memory: the file is then not read. */
  readonly bytes?: Uint8Array | undefined;
}

interface Part {
  readonly body: Uint8Array;
  readonly group: RowGroup;
  readonly schema: SchemaElement[];
}

/** A part, checked to the last byte where it comes from a disk. Throws a FormatError of one line. */
async function readPart(
  files: Files,
  { path, batch, rows, bytes: known }: PartFile,
  key: string,
): Promise<Part> {
  const bytes = known ?? (await files.readFile(path));
  const footer = parseFooter(path, tailOf(bytes));
  requireTags(path, footer, { key, batch, rows });
  const bodyEnd = footerStart(bytes.length, footer);
  if (!known && !isBodyIntact(bytes, bodyEnd, readTags(footer))) throw damaged(path);
  return { body: bytes.subarray(MAGIC_BYTES, bodyEnd), group: footer.row_groups[0]!, schema: footer.schema };
}

const PARTS_AHEAD = 4;

/** The parts in order, each read while those before it are written. */
async function* readAhead(
  files: Files,
  parts: Iterable<PartFile>,
  key: string,
): AsyncGenerator<Part, void, undefined> {
  const reading: Promise<Part>[] = [];
  for (const file of parts) {
    const part = readPart(files, file, key);
    // Awaited below, unless a part before it cannot be read.
    part.catch(() => undefined);
    reading.push(part);
    if (reading.length > PARTS_AHEAD) yield await reading.shift()!;
  }
  for (const part of reading) yield await part;
}

/**
 * Joins parts into one Parquet file, a row group each, in the order given; holds a few parts at a time. The bytes follow
 * from the parts alone. Throws a FormatError of one line for a part that is damaged or not of this sweep.
 */
export async function mergeParts(
  files: Files,
  parts: Iterable<PartFile>,
  key: string,
  target: string,
): Promise<void> {
  await writeDurable(files, target, async (handle) => {
    const groups: RowGroup[] = [];
    let schema: SchemaElement[] = [];
    let offset = MAGIC_BYTES;
    await handle.writeFile('PAR1');
    for await (const part of readAhead(files, parts, key)) {
      groups.push(shiftGroup(part.group, offset - MAGIC_BYTES));
      await handle.writeFile(part.body);
      offset += part.body.length;
      schema = part.schema;
    }
    await handle.writeFile(encodeFooter(schema, groups, offset, { [KEY_TAG]: key }));
  });
}
