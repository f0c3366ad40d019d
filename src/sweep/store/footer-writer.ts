import type { ColumnChunk, RowGroup, SchemaElement, Statistics } from 'hyparquet';
import {
  CompressionCodecs,
  ConvertedTypes,
  Encodings,
  FieldRepetitionTypes,
  ParquetTypes,
} from 'hyparquet/src/constants.js';
import { ByteWriter } from 'hyparquet-writer';
import { crc32 } from '../../models/formats/crc32.ts';
import { doubleBytes, int64Bytes } from './column-values.ts';
import { BINARY, STRUCT, I32, ThriftStruct } from './thrift-struct.ts';

/** With this a Parquet file begins and ends. */
export const MAGIC = 'PAR1';
export const MAGIC_BYTES = 4;

/** Of the checksum before a footer. */
export const FOOTER_CHECKSUM_BYTES = 4;

export function appendMagic(writer: ByteWriter): void {
  writer.appendBytes(new TextEncoder().encode(MAGIC));
}

/** Words that a file's footer carries. */
export type Tags = Readonly<Record<string, string>>;

/** The checksums of a file's row groups in hexadecimal, in their order, with spaces. */
export const CHECKSUM_TAG = 'inferscope.crc32';

/**
 * What a footer says of a row group, ready but for the places of its columns in the file. A thread makes it for its
 * batch; whoever merges only adds up places.
 */
export interface GroupSummary {
  readonly rows: number;
  /** CRC-32 of its columns behind the magic, as where it is alone in a file. */
  readonly checksum: number;
  /** Thrift's compact protocol, without the places. */
  readonly bytes: Uint8Array;
  /** Where in `bytes` each place goes. */
  readonly cuts: readonly number[];
  /** Places, in bytes from the begin of the file, where the group is the first of its file. */
  readonly places: readonly number[];
}

/** Summarizes a row group that is the first of its file, with the checksum of its bytes. */
export function summarizeGroup(group: RowGroup, checksum: number): GroupSummary {
  const writer = new ByteWriter();
  const cuts: number[] = [];
  const places: number[] = [];
  const place = (struct: ThriftStruct, id: number, value: bigint) => {
    struct.i64Head(id);
    cuts.push(writer.offset);
    places.push(Number(value));
  };
  const struct = new ThriftStruct(writer);
  struct.list(1, STRUCT, group.columns.length);
  for (const chunk of group.columns) writeChunk(new ThriftStruct(writer), chunk, place);
  struct.i64(2, group.total_byte_size);
  struct.i64(3, group.num_rows);
  if (group.total_compressed_size !== undefined) struct.i64(6, group.total_compressed_size);
  struct.end();
  return { rows: Number(group.num_rows), checksum, bytes: writer.getBytes(), cuts, places };
}

type WritePlace = (struct: ThriftStruct, id: number, value: bigint) => void;

function writeChunk(struct: ThriftStruct, chunk: ColumnChunk, place: WritePlace): void {
  const meta = chunk.meta_data!;
  place(struct, 2, chunk.file_offset);
  const inner = struct.struct(3);
  inner.i32(1, ParquetTypes.indexOf(meta.type));
  inner.list(2, I32, meta.encodings.length);
  for (const encoding of meta.encodings) inner.writer.appendZigZag(Encodings.indexOf(encoding));
  inner.list(3, BINARY, meta.path_in_schema.length);
  for (const name of meta.path_in_schema) inner.stringElement(name);
  inner.i32(4, CompressionCodecs.indexOf(meta.codec));
  inner.i64(5, meta.num_values);
  inner.i64(6, meta.total_uncompressed_size);
  inner.i64(7, meta.total_compressed_size);
  place(inner, 9, meta.data_page_offset);
  if (meta.dictionary_page_offset !== undefined) place(inner, 11, meta.dictionary_page_offset);
  if (meta.statistics) writeStatistics(inner.struct(12), meta.statistics);
  inner.end();
  struct.end();
}

function writeStatistics(struct: ThriftStruct, { null_count, max_value, min_value }: Statistics): void {
  if (null_count !== undefined) struct.i64(3, null_count);
  if (max_value !== undefined) struct.binary(5, boundBytes(max_value));
  if (min_value !== undefined) struct.binary(6, boundBytes(min_value));
  struct.end();
}

/** A bound of whole or real numbers; columns of words and flags have none. */
function boundBytes(bound: NonNullable<Statistics['min_value']>): Uint8Array {
  return typeof bound === 'bigint' ? int64Bytes([Number(bound)]) : doubleBytes([Number(bound)]);
}

/** Below it a number is written without a detour over a BigInt. */
const SMALL = 2 ** 30;

/** The footer of a Parquet file whose row groups come one by one. */
export class FooterWriter {
  readonly #groups = new ByteWriter();
  readonly #checksums: string[] = [];
  #rows = 0;

  /** Row groups that have come. */
  get count(): number {
    return this.#checksums.length;
  }

  /** Adds a row group whose bytes begin in the file at `start`. */
  add({ rows, checksum, bytes, cuts, places }: GroupSummary, start: number): void {
    const by = start - MAGIC_BYTES;
    let from = 0;
    for (let at = 0; at < cuts.length; at++) {
      this.#groups.appendBytes(bytes.subarray(from, cuts[at]));
      const place = places[at] + by;
      this.#groups.appendZigZag(place < SMALL ? place : BigInt(place));
      from = cuts[at]!;
    }
    this.#groups.appendBytes(bytes.subarray(from));
    this.#rows += rows;
    this.#checksums.push(checksum.toString(16));
  }

  /**
   * The end of the file, behind its last row group: the checksum of the footer, which readers of Parquet pass over, the
   * footer with the tags and the checksums of the groups, its length, magic.
   */
  finish(schema: readonly SchemaElement[], tags: Tags): Uint8Array {
    const writer = new ByteWriter();
    const struct = new ThriftStruct(writer);
    struct.i32(1, 2);
    struct.list(2, STRUCT, schema.length);
    for (const element of schema) writeElement(new ThriftStruct(writer), element);
    struct.i64(3, BigInt(this.#rows));
    struct.list(4, STRUCT, this.count);
    writer.appendBytes(this.#groups.getBytes());
    const words = Object.entries({ ...tags, [CHECKSUM_TAG]: this.#checksums.join(' ') });
    struct.list(5, STRUCT, words.length);
    for (const [key, value] of words) writeTag(new ThriftStruct(writer), key, value);
    struct.string(6, 'inferscope');
    writeOrders(struct, schema.filter(({ type }) => type).length);
    struct.end();
    const end = new ByteWriter();
    end.appendUint32(crc32(writer.getBytes()));
    end.appendBytes(writer.getBytes());
    end.appendUint32(writer.offset);
    appendMagic(end);
    return end.getBytes();
  }
}

function writeElement(struct: ThriftStruct, element: SchemaElement): void {
  const { type, repetition_type, name, num_children, converted_type } = element;
  if (type) struct.i32(1, ParquetTypes.indexOf(type));
  if (repetition_type) struct.i32(3, FieldRepetitionTypes.indexOf(repetition_type));
  struct.string(4, name);
  if (num_children !== undefined) struct.i32(5, num_children);
  if (converted_type) struct.i32(6, ConvertedTypes.indexOf(converted_type));
  struct.end();
}

function writeTag(struct: ThriftStruct, key: string, value: string): void {
  struct.string(1, key);
  struct.string(2, value);
  struct.end();
}

/** Bounds are meant in the order that the type of each column defines. */
function writeOrders(footer: ThriftStruct, columns: number): void {
  footer.list(7, STRUCT, columns);
  for (let column = 0; column < columns; column++) {
    const order = new ThriftStruct(footer.writer);
    order.struct(1).end();
    order.end();
  }
}
