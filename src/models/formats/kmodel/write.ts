import { ByteWriter } from './byte-writer.ts';
import { KMODEL_VERSION, type KmodelFile } from './file.ts';
import { LAYER_FORMATS, type KmodelLayer, type LayerFormat } from './layers.ts';
import type { Tail } from './tails.ts';

const BODY_ALIGNMENT = 8;

/** A kmodel's bytes and those of each body, its padding included. */
export interface WrittenKmodel {
  readonly bytes: Uint8Array;
  readonly bodyBytes: readonly number[];
}

/**
 * Writes a kmodel v3 as ncc 0.1 does: sections of a KPU layer aligned from the start of the file, bodies padded to 8
 * bytes, the padding of the last one counted but left out.
 * Throws a FormatError for a field that its bits cannot hold.
 */
export function layOutKmodel(file: KmodelFile): WrittenKmodel {
  const writer = new ByteWriter();
  const headersAt = writeHeader(writer, file);
  let contentEnd = writer.position;
  const bodyBytes = file.layers.map((layer, index) => {
    const start = writer.position;
    writeBody(writer, layer);
    contentEnd = writer.position;
    writer.align(BODY_ALIGNMENT);
    const count = writer.position - start;
    writer.patchU32(headersAt + 8 * index, LAYER_FORMATS[layer.type].code);
    writer.patchU32(headersAt + 8 * index + 4, count);
    return count;
  });
  return { bytes: writer.finish().subarray(0, contentEnd), bodyBytes };
}

/** The bytes of a kmodel v3; see `layOutKmodel`. */
export function writeKmodel(file: KmodelFile): Uint8Array {
  return layOutKmodel(file).bytes;
}

/** Returns where the layers' headers stand. */
function writeHeader(writer: ByteWriter, file: KmodelFile): number {
  const { flags, arch, layers, max_start_address, main_mem_usage, outputs } = file;
  const words = [flags, arch, layers.length, max_start_address, main_mem_usage, outputs.length];
  for (const word of [KMODEL_VERSION, ...words]) writer.u32(word);
  for (const { address, bytes } of outputs) {
    writer.u32(address);
    writer.u32(bytes);
  }
  const headersAt = writer.position;
  writer.padTo(headersAt + 8 * layers.length);
  return headersAt;
}

function writeBody(writer: ByteWriter, layer: KmodelLayer): void {
  const { fields, tail } = LAYER_FORMATS[layer.type] as LayerFormat;
  const values = layer as unknown as Readonly<Record<string, number>>;
  writer.u32(layer.flags);
  for (const [field, scalar] of Object.entries(fields)) writer[scalar](values[field]);
  if (tail && 'tail' in layer) (tail as Tail<unknown>).write(writer, layer.tail);
}
