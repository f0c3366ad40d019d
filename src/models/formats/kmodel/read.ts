import { FormatError } from '../../../errors.ts';
import { ByteReader } from './byte-reader.ts';
import { weightBitsOf, type KmodelFile, type KmodelOutput } from './file.ts';
import { kmodelKind, refuseKmodel } from './identify.ts';
import {
  LAYER_FORMATS,
  layerNameOf,
  RESERVED_CODES,
  type KmodelLayer,
  type LayerFormat,
  type LayerName,
} from './layers.ts';

interface LayerHeader {
  readonly code: number;
  readonly bodyBytes: number;
}

/** Padding that the last body counts and the file does not hold. */
const MISSING_PADDING_BYTES = 7;
const LIMITS = { layers: 0x10000, outputs: 0x10000 };

/**
 * Reads a kmodel v3. Weights are views into `bytes`, float weights copies. Checks that each part lies inside the file,
 * not that a runtime could run it; reserved bits and unused bytes are not kept.
 * Throws a FormatError of one line that names the file, the layer and what is wrong.
 */
export function readKmodel(bytes: Uint8Array, name = 'kmodel'): KmodelFile {
  if (kmodelKind(bytes) !== 3) refuseKmodel(bytes, name, 3);
  const reader = new ByteReader(bytes, `${name}: header`, 4);
  const [flags, arch, layerCount] = [reader.u32(), reader.u32(), reader.u32()];
  const [max_start_address, main_mem_usage, outputCount] = [reader.u32(), reader.u32(), reader.u32()];
  checkCount(reader, 'outputs', outputCount);
  checkCount(reader, 'layers', layerCount);
  reader.require(8 * (outputCount + layerCount));
  const outputs = readPairs(reader, outputCount).map(([address, count]): KmodelOutput => ({
    address,
    bytes: count,
  }));
  const headers = readPairs(reader, layerCount).map(([code, bodyBytes]): LayerHeader => ({
    code,
    bodyBytes,
  }));
  const layers = readBodies(bytes, reader, headers, { name, weightBits: weightBitsOf({ flags }) });
  return { flags, arch, max_start_address, main_mem_usage, outputs, layers };
}

function checkCount(reader: ByteReader, what: keyof typeof LIMITS, count: number): void {
  if (count > 0 && count <= LIMITS[what]) return;
  throw new FormatError(
    `${reader.where}: ${count} ${what}, expected 1..${LIMITS[what]}; the file is damaged`,
  );
}

function readPairs(reader: ByteReader, count: number): [number, number][] {
  return Array.from({ length: count }, () => [reader.u32(), reader.u32()]);
}

interface BodyContext {
  readonly name: string;
  readonly weightBits: 8 | 16;
}

function readBodies(
  bytes: Uint8Array,
  { position }: ByteReader,
  headers: readonly LayerHeader[],
  { name, weightBits }: BodyContext,
): KmodelLayer[] {
  let start = position;
  return headers.map(({ code, bodyBytes }, index) => {
    const type = nameOf(code, `${name}: layer ${index}`);
    const where = `${name}: layer ${index} (${type})`;
    const reader = bodyReader(bytes, { start, bodyBytes, where, isLast: index === headers.length - 1 });
    start += bodyBytes;
    return readBody(reader, type, weightBits);
  });
}

interface BodyPart {
  readonly start: number;
  readonly bodyBytes: number;
  readonly where: string;
  readonly isLast: boolean;
}

/** A reader that ends with the body. */
function bodyReader(bytes: Uint8Array, { start, bodyBytes, where, isLast }: BodyPart): ByteReader {
  const missing = start + bodyBytes - bytes.length;
  if (missing > (isLast ? MISSING_PADDING_BYTES : 0)) {
    throw new FormatError(
      `${where}: ${bodyBytes} bytes at ${start} pass the end of the file, which has ${bytes.length}; it is truncated, ` +
        'download it again',
    );
  }
  return new ByteReader(bytes.subarray(0, start + bodyBytes), where, start);
}

function nameOf(code: number, where: string): LayerName {
  const name = layerNameOf(code);
  if (name) return name;
  const why = RESERVED_CODES.includes(code) ? 'reserved and without a layout' : 'unknown';
  throw new FormatError(
    `${where}: type ${code} is ${why}; kmodel v3 has ${Object.keys(LAYER_FORMATS).join(', ')}`,
  );
}

function readBody(reader: ByteReader, type: LayerName, weightBits: 8 | 16): KmodelLayer {
  const { fields, tail } = LAYER_FORMATS[type] as LayerFormat;
  const values: Record<string, number> = { flags: reader.u32() };
  for (const [field, scalar] of Object.entries(fields)) values[field] = reader[scalar]();
  const rest = tail ? { tail: tail.read(reader, values, weightBits) } : {};
  return { type, ...values, ...rest } as unknown as KmodelLayer;
}
