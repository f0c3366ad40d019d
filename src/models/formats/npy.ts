import { FormatError } from '../../errors.ts';
import { elementCount, type DType } from '../graph/graph.ts';

/** An array of a .npy file in C order; `bytes` are its raw little-endian elements. */
export interface NpyArray {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** numpy's names of the types, little-endian where the byte order matters. */
const DESCRIPTORS: Partial<Record<DType, string>> = {
  float16: '<f2',
  float32: '<f4',
  float64: '<f8',
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  bool: '|b1',
};

const MAGIC = [0x93, ...[...'NUMPY'].map((sign) => sign.charCodeAt(0))];
const VERSION_AT = MAGIC.length;
const HEADER_ALIGNMENT = 64;
const MAX_HEADER_BYTES = 10_000;
const MAX_RANK = 32;
const SAVE_AGAIN = 'save it again with numpy.save';

/** Format and version are checked; the header's text starts at `from`, the data at `to`. */
function findHeader(bytes: Uint8Array, name: string): { from: number; to: number } {
  if (bytes.length < VERSION_AT + 4 || !MAGIC.every((byte, at) => bytes[at] === byte)) {
    throw new FormatError(`${name}: is not a .npy file; ${SAVE_AGAIN}`);
  }
  const version = bytes[VERSION_AT];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (version !== 1 && version !== 2 && version !== 3) {
    throw new FormatError(`${name}: .npy version ${version} is unknown; ${SAVE_AGAIN}`);
  }
  const from = version === 1 ? VERSION_AT + 4 : VERSION_AT + 6;
  if (bytes.length < from) throw new FormatError(`${name}: truncated in its header; ${SAVE_AGAIN}`);
  const length = version === 1 ? view.getUint16(VERSION_AT + 2, true) : view.getUint32(VERSION_AT + 2, true);
  if (length > MAX_HEADER_BYTES || from + length > bytes.length) {
    throw new FormatError(`${name}: truncated in its header; ${SAVE_AGAIN}`);
  }
  return { from, to: from + length };
}

function parseDtype(header: string, name: string): DType {
  const descriptor = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z]\d{1,3})'/.exec(header);
  if (!descriptor) throw new FormatError(`${name}: holds no plain numbers (a structured or missing dtype)`);
  const [, order, kind] = descriptor;
  const found = Object.entries(DESCRIPTORS).find(([, known]) => known.slice(1) === kind);
  if (!found) throw new FormatError(`${name}: dtype ${kind} is no type of a tensor; use .astype(...) first`);
  if (order === '>') {
    throw new FormatError(`${name}: is big-endian; save it with .astype('<${kind}')`);
  }
  return found[0] as DType;
}

function parseShape(header: string, name: string): number[] {
  const tuple = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(header);
  if (!tuple) throw new FormatError(`${name}: its header gives no shape; ${SAVE_AGAIN}`);
  const texts = tuple[1].split(',').map((part) => part.trim().replace(/L$/, ''));
  const shape = texts.filter((part) => part !== '').map(Number);
  if (shape.length > MAX_RANK || !Number.isSafeInteger(elementCount(shape)) || shape.some(Number.isNaN)) {
    throw new FormatError(`${name}: its shape is impossible; ${SAVE_AGAIN}`);
  }
  return shape;
}

/**
 * Reads a .npy file (versions 1 to 3, numpy's NEP 1) in C order. The bytes are a copy, so they are aligned. Throws a
 * FormatError that begins with `name`.
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const { from, to } = findHeader(bytes, name);
  const header = new TextDecoder('latin1').decode(bytes.subarray(from, to));
  const dtype = parseDtype(header, name);
  const shape = parseShape(header, name);
  if (/'fortran_order'\s*:\s*True/.test(header) && shape.length > 1) {
    throw new FormatError(`${name}: is in Fortran order; save numpy.ascontiguousarray of it`);
  }
  const expected = elementCount(shape) * Number(DESCRIPTORS[dtype]!.slice(2));
  if (bytes.length - to !== expected) {
    throw new FormatError(
      `${name}: holds ${bytes.length - to} bytes of data, its shape (${shape.join(', ')}) of ${dtype} takes ${expected}`,
    );
  }
  return { dtype, shape, bytes: new Uint8Array(bytes.subarray(to)) };
}

/** A .npy file (version 1) of raw little-endian elements. Throws a FormatError for a type that numpy does not have. */
export function writeNpy({ dtype, shape, bytes }: NpyArray): Uint8Array {
  const descriptor = DESCRIPTORS[dtype];
  if (descriptor === undefined) throw new FormatError(`numpy has no type ${dtype}`);
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const from = VERSION_AT + 4;
  const to = Math.ceil((from + text.length + 1) / HEADER_ALIGNMENT) * HEADER_ALIGNMENT;
  const file = new Uint8Array(to + bytes.length).fill(0x20, 0, to);
  file.set(MAGIC);
  file.set([1, 0], VERSION_AT);
  new DataView(file.buffer).setUint16(VERSION_AT + 2, to - from, true);
  file.set(new TextEncoder().encode(text), from);
  file[to - 1] = 0x0a;
  file.set(bytes, to);
  return file;
}
