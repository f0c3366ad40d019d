import { FormatError } from '../errors.ts';

/** An array of bytes as MNIST's files hold it, first dimension outermost. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const UNSIGNED_BYTES = 0x08;
const MAX_RANK = 4;

/**
 * Parses an IDX file of unsigned bytes: two zeros, the type, the rank, big-endian 32-bit dimensions, the data. `name` is
 * what errors call it. The data is a view into `bytes`. Throws a FormatError where the bytes are no such file or cut short.
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  const [first, second, type, rank] = bytes;
  if (
    bytes.length < 4 ||
    first !== 0 ||
    second !== 0 ||
    type !== UNSIGNED_BYTES ||
    rank < 1 ||
    rank > MAX_RANK
  ) {
    throw new FormatError(
      `${name}: is not an IDX file of bytes; unpack it if it is compressed, or get it again`,
    );
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) throw new FormatError(`${name}: truncated in its header; get the file again`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  if (bytes.length - start !== count) {
    throw new FormatError(
      `${name}: holds ${bytes.length - start} bytes of data, but ${shape.join('x')} takes ${count}; get the file again`,
    );
  }
  return { shape, data: bytes.subarray(start) };
}
