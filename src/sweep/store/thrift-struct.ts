import type { ByteWriter } from 'hyparquet-writer';

// Types of Thrift's compact protocol (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md).
const STOP = 0;
export const I32 = 5;
const I64 = 6;
export const BINARY = 8;
const LIST = 9;
export const STRUCT = 12;

const MAX_SHORT_LIST = 14;
const text = new TextEncoder();

/** Writes a struct of Thrift's compact protocol, its fields in the order of their ids, each less than 16 behind the last. */
export class ThriftStruct {
  readonly writer: ByteWriter;
  #last = 0;

  constructor(writer: ByteWriter) {
    this.writer = writer;
  }

  i32(id: number, value: number): void {
    this.#head(id, I32);
    this.writer.appendZigZag(value);
  }

  i64(id: number, value: bigint): void {
    this.i64Head(id);
    this.writer.appendZigZag(value);
  }

  /** Says that a 64-bit number follows, without it. */
  i64Head(id: number): void {
    this.#head(id, I64);
  }

  binary(id: number, bytes: Uint8Array): void {
    this.#head(id, BINARY);
    this.binaryElement(bytes);
  }

  /** An element of a list of binaries. */
  binaryElement(bytes: Uint8Array): void {
    this.writer.appendVarInt(bytes.length);
    this.writer.appendBytes(bytes);
  }

  string(id: number, value: string): void {
    this.binary(id, text.encode(value));
  }

  stringElement(value: string): void {
    this.binaryElement(text.encode(value));
  }

  /** Says that so many elements of a type follow. */
  list(id: number, type: number, elements: number): void {
    this.#head(id, LIST);
    if (elements <= MAX_SHORT_LIST) return this.writer.appendUint8((elements << 4) | type);
    this.writer.appendUint8(0xf0 | type);
    this.writer.appendVarInt(elements);
  }

  /** A struct in this one; it is to be ended before the next field. */
  struct(id: number): ThriftStruct {
    this.#head(id, STRUCT);
    return new ThriftStruct(this.writer);
  }

  end(): void {
    this.writer.appendUint8(STOP);
  }

  #head(id: number, type: number): void {
    this.writer.appendUint8(((id - this.#last) << 4) | type);
    this.#last = id;
  }
}
