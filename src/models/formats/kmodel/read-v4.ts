import { FormatError } from '../../../errors.ts';
import { ByteReader } from './byte-reader.ts';
import { convGeometry, convWeightBytes, type ConvGeometry } from './conv-body.ts';
import { decodeLayerWords, LAYER_WORDS_BYTES, type LayerWords } from './fields.ts';
import { kmodelKind, refuseKmodel } from './identify.ts';
import { countNnil } from './nnil.ts';
import { V4_KPU_CONV, V4_NODES, type V4Kind } from './v4-nodes.ts';

const MEMORIES = ['const', 'main', 'kpu'] as const;
const DTYPES = ['float32', 'uint8'] as const;
const MAX_COUNT = 0x10000;
const BODY_ALIGNMENT = 8;

/** Where a tensor lies: bytes of the constants, of main memory or of KPU memory. */
export interface V4Range {
  readonly memory: (typeof MEMORIES)[number];
  readonly dtype: (typeof DTYPES)[number];
  readonly start: number;
  readonly bytes: number;
}

export interface V4Node {
  readonly opcode: number;
  /** nncase's name, or `unknown`. */
  readonly name: string;
  readonly bodyBytes: number;
  readonly ranges: Readonly<Record<string, V4Range>>;
  /** NCHW, or the four entries of a permutation. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly numbers: Readonly<Record<string, number>>;
  /** Of a KPU layer; its runtime addresses hold skip counts. */
  readonly conv?: ConvGeometry & { readonly words: LayerWords; readonly weightBytes: number };
}

/** A kmodel v4 as far as one can look at it: nodes, shapes and bytes, no weights. */
export interface KmodelV4 {
  readonly version: 4;
  readonly target: number;
  readonly constantBytes: number;
  readonly mainBytes: number;
  readonly inputs: readonly (V4Range & { readonly shape: readonly number[] })[];
  readonly outputs: readonly V4Range[];
  readonly nodes: readonly V4Node[];
}

/**
 * Reads the structure of a kmodel v4 (nncase 0.2), enough to inspect it; it cannot be run or written.
 * Throws a FormatError of one line that names the file, the node and what is wrong.
 */
export function readKmodelV4(bytes: Uint8Array, name = 'kmodel'): KmodelV4 {
  if (kmodelKind(bytes) !== 4) refuseKmodel(bytes, name, 4);
  const reader = new ByteReader(bytes, `${name}: header`, 12);
  const [target, constantBytes, mainBytes] = [reader.u32(), reader.u32(), reader.u32()];
  const nodeCount = countOf(reader, 'nodes');
  const inputCount = countOf(reader, 'inputs');
  const outputCount = countOf(reader, 'outputs');
  reader.u32();
  reader.require(32 * inputCount + 16 * outputCount + constantBytes + 8 * nodeCount);
  const ranges = Array.from({ length: inputCount }, () => readRange(reader));
  const inputs = ranges.map((range) => ({ ...range, shape: readShape(reader) }));
  const outputs = Array.from({ length: outputCount }, () => readRange(reader));
  reader.bytes(constantBytes);
  const headers = Array.from({ length: nodeCount }, () => [reader.u32(), reader.u32()] as const);
  const nodes = headers.map(([opcode, bodyBytes], index) =>
    readNode(reader, {
      ...{ opcode, bodyBytes, where: `${name}: node ${index}` },
      held: index === headers.length - 1 ? heldOf(bytes.length - reader.position, bodyBytes) : bodyBytes,
    }),
  );
  return { version: 4, target, constantBytes, mainBytes, inputs, outputs, nodes };
}

function countOf(reader: ByteReader, what: string): number {
  const count = reader.u32();
  if (count <= MAX_COUNT) return count;
  throw new FormatError(
    `${reader.where}: ${count} ${what}, expected at most ${MAX_COUNT}; the file is damaged`,
  );
}

function readRange(reader: ByteReader): V4Range {
  const [memory, dtype] = [MEMORIES[reader.u32()], DTYPES[reader.u32()]];
  if (!memory || !dtype) {
    throw new FormatError(`${reader.where}: a memory range of unknown memory or type; the file is damaged`);
  }
  return { memory, dtype, start: reader.u32(), bytes: reader.u32() };
}

function readShape(reader: ByteReader): number[] {
  return [reader.i32(), reader.i32(), reader.i32(), reader.i32()];
}

/** The last body counts padding that a seek skipped and nothing was written to: the file may lack it. */
function heldOf(left: number, bodyBytes: number): number {
  return left < bodyBytes && left > bodyBytes - BODY_ALIGNMENT ? left : bodyBytes;
}

interface NodeHeader {
  readonly opcode: number;
  /** Bytes of the body that the file holds. */
  readonly held: number;
  readonly bodyBytes: number;
  readonly where: string;
}

function readNode(file: ByteReader, { opcode, bodyBytes, held, where }: NodeHeader): V4Node {
  const format = V4_NODES.get(opcode) ?? { name: 'unknown', fields: {} };
  const body = new ByteReader(file.bytes(held), `${where} (${format.name})`);
  const found = { ranges: {}, shapes: {}, numbers: {} };
  for (const [field, kind] of Object.entries(format.fields)) readField(body, found, field, kind);
  const node = { opcode, name: format.name, bodyBytes, ...found };
  return opcode === V4_KPU_CONV ? { ...node, conv: readConv(body) } : node;
}

interface Found {
  readonly ranges: Record<string, V4Range>;
  readonly shapes: Record<string, number[]>;
  readonly numbers: Record<string, number>;
}

function readField(body: ByteReader, { ranges, shapes, numbers }: Found, field: string, kind: V4Kind): void {
  if (kind === 'ranges') {
    const count = Object.values(numbers).at(-1)!;
    for (let at = 0; at < count; at++) ranges[`${field}_${at}`] = readRange(body);
  } else if (kind === 'range') ranges[field] = readRange(body);
  else if (kind === 'shape') shapes[field] = readShape(body);
  else if (kind === 'nnil') Object.assign(numbers, countNnil(body));
  else numbers[field] = body[kind]();
}

function readConv(body: ByteReader): NonNullable<V4Node['conv']> {
  body.require(LAYER_WORDS_BYTES);
  const words = decodeLayerWords(body.view, body.position);
  const geometry = convGeometry(words, body.where);
  return { ...geometry, words, weightBytes: convWeightBytes(geometry, 8) };
}
