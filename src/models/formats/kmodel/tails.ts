import { FormatError } from '../../../errors.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** What follows the plain fields of a layer's body, in both directions. */
export interface Tail<T> {
  read(reader: ByteReader, fields: Readonly<Record<string, number>>, weightBits: 8 | 16): T;
  write(writer: ByteWriter, value: T): void;
}

/** Bytes of main memory. */
export interface MemoryRange {
  readonly start: number;
  readonly bytes: number;
}

export interface Scaling {
  readonly scale: number;
  readonly bias: number;
}

/** Weights [out][in] and one bias an output, float32. */
export interface DenseWeights {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** A count and as many ranges of main memory. */
export const RANGES_TAIL: Tail<readonly MemoryRange[]> = {
  read(reader) {
    const count = reader.u32();
    reader.require(8 * count);
    return Array.from({ length: count }, () => ({ start: reader.u32(), bytes: reader.u32() }));
  },
  write(writer, ranges) {
    writer.u32(ranges.length);
    for (const { start, bytes } of ranges) {
      writer.u32(start);
      writer.u32(bytes);
    }
  },
};

export const DENSE_TAIL: Tail<DenseWeights> = {
  read(reader, { in_channels: inputs, out_channels: outputs }) {
    return { weights: reader.floats(inputs * outputs), bias: reader.floats(outputs) };
  },
  write(writer, { weights, bias }) {
    writer.floats(weights);
    writer.floats(bias);
  },
};

export const SCALINGS_TAIL: Tail<readonly Scaling[]> = {
  read(reader, { channels }) {
    reader.require(8 * channels);
    return Array.from({ length: channels }, () => ({ scale: reader.f32(), bias: reader.f32() }));
  },
  write(writer, scalings) {
    for (const { scale, bias } of scalings) {
      writer.f32(scale);
      writer.f32(bias);
    }
  },
};

const TABLE_BYTES = 256;

export const TABLE_TAIL: Tail<Uint8Array> = {
  read: (reader) => reader.bytes(TABLE_BYTES),
  write(writer, table) {
    if (table.length !== TABLE_BYTES) {
      throw new FormatError(`kmodel: a requantize table has ${TABLE_BYTES} bytes, got ${table.length}`);
    }
    writer.bytes(table);
  },
};
