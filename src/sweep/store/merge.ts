import type { SchemaElement } from 'hyparquet';
import { writeDurable, type Files } from './store-files.ts';
import { FooterWriter, MAGIC, MAGIC_BYTES } from './footer-writer.ts';
import type { MergedSoFar } from './growing-file.ts';
import { readPart, type Part, type PartFile } from './part.ts';
import { KEY_TAG } from './part-tags.ts';

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
 * from the parts alone, also where a file that holds the first of them has `merged` already: `parts` are then those that
 * it lacks. Throws a FormatError of one line for a part that is damaged or not of this sweep.
 */
export async function mergeParts(
  files: Files,
  parts: Iterable<PartFile>,
  key: string,
  target: string,
  merged?: MergedSoFar,
): Promise<void> {
  await writeDurable(
    files,
    target,
    async (handle) => {
      const footer = merged?.footer ?? new FooterWriter();
      let schema: SchemaElement[] = merged?.schema ?? [];
      let offset = merged?.fileBytes ?? MAGIC_BYTES;
      if (!merged) await handle.writeFile(MAGIC);
      for await (const part of readAhead(files, parts, key)) {
        footer.add(part.group, offset);
        await handle.writeFile(part.body);
        offset += part.body.length;
        schema = part.schema;
      }
      await handle.writeFile(footer.finish(schema, { [KEY_TAG]: key }));
    },
    merged?.path,
  );
}
