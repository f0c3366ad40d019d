import { FormatError } from '../../../errors.ts';

/** Reads little-endian values from one part of a file and never beyond it; `where` names the part in errors. */
export class ByteReader {
  readonly view: DataView;
  readonly where: string;
  readonly #bytes: Uint8Array;
  #position: number;

  constructor(bytes: Uint8Array, where: string, position = 0) {
    this.#bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.where = where;
    this.#position = position;
  }

  get position(): number {
    return this.#position;
  }

  /** A reader of the same file from another position. */
  at(position: number, where = this.where): ByteReader {
    return new ByteReader(this.#bytes, where, position);
  }

  u32(): number {
    return this.view.getUint32(this.#take(4), true);
  }

  i32(): number {
    return this.view.getInt32(this.#take(4), true);
  }

  f32(): number {
    return this.view.getFloat32(this.#take(4), true);
  }

  u64(): bigint {
    return this.view.getBigUint64(this.#take(8), true);
  }

  /** A view of the next `count` bytes. */
  bytes(count: number): Uint8Array {
    const start = this.#take(count);
    return this.#bytes.subarray(start, start + count);
  }

  /** A copy of the next `count` float32 values. */
  floats(count: number): Float32Array {
    return new Float32Array(new Uint8Array(this.bytes(4 * count)).buffer);
  }

  /** Throws a FormatError where fewer than `count` bytes are left, without taking them. */
  require(count: number): void {
    const left = this.#bytes.length - this.#position;
    if (count <= left) return;
    throw new FormatError(
      `${this.where}: needs ${count} bytes at ${this.#position} and the file has ${Math.max(0, left)} there; ` +
        'it is truncated or damaged, download it again',
    );
  }

  #take(count: number): number {
    this.require(count);
    this.#position += count;
    return this.#position - count;
  }
}
