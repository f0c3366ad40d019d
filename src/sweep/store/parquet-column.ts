import type { ColumnChunk, Encoding, SchemaElement, Statistics } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import type { Column } from '../study/batch.ts';
import {
  doubleBytes,
  findDictionary,
  int64Bytes,
  isRun,
  presentValues,
  wordBytes,
  writeRun,
  type Dictionary,
  type PresentValues,
} from './column-values.ts';

/** The schema of a column; the same for every batch, so all but flags may have gaps. */
export function schemaElement({ name, kind }: Column): SchemaElement {
  switch (kind) {
    case 'flag':
      return { name, type: 'BOOLEAN', repetition_type: 'REQUIRED' };
    case 'integer':
      return { name, type: 'INT64', repetition_type: 'OPTIONAL' };
    case 'real':
      return { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' };
    case 'text':
      return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' };
  }
}

// Used again for each page: what lies beside the heap costs the garbage collector's threads more than what is in it.
const [dictionaryRoom, codesRoom, levelsRoom] = [new ByteWriter(), new ByteWriter(), new ByteWriter()];

/** The same memory, to be written from its begin. */
export function emptied(writer: ByteWriter): ByteWriter {
  writer.index = writer.offset = 0;
  return writer;
}

interface Page {
  readonly encoding: Encoding;
  readonly bytes: Uint8Array;
}

function dictionaryPage(column: Column, { values }: Dictionary): Page {
  if (column.kind !== 'text') {
    const bytes = column.kind === 'integer' ? int64Bytes(values) : doubleBytes(values);
    return { encoding: 'PLAIN', bytes };
  }
  const writer = emptied(dictionaryRoom);
  wordBytes(
    writer,
    values.map((code) => column.words[code]),
  );
  return { encoding: 'PLAIN', bytes: writer.getBytes() };
}

function codesPage({ values, codes }: Dictionary): Page {
  const writer = emptied(codesRoom);
  const bits = Math.ceil(Math.log2(Math.max(1, values.length)));
  writer.appendUint8(bits);
  writeRleBitPackedHybrid(writer, codes, bits);
  return { encoding: 'RLE_DICTIONARY', bytes: writer.getBytes() };
}

function plainPage(
  { kind, words }: { kind: Column['kind']; words?: readonly string[] },
  values: PresentValues['values'],
): Page {
  if (kind === 'real') return { encoding: 'PLAIN', bytes: doubleBytes(values) };
  const writer = new ByteWriter(values.length);
  if (kind === 'flag') {
    const bits = new ByteWriter(values.length);
    writeRleBitPackedHybrid(bits, values, 1);
    writer.appendUint32(bits.offset);
    writer.appendBytes(bits.getBytes());
    return { encoding: 'RLE', bytes: writer.getBytes() };
  }
  if (words) {
    wordBytes(
      writer,
      [...values].map((code) => words[code]),
    );
    return { encoding: 'PLAIN', bytes: writer.getBytes() };
  }
  if (!isRun(values)) return { encoding: 'PLAIN', bytes: int64Bytes(values) };
  writeRun(writer, values[0], values.length);
  return { encoding: 'DELTA_BINARY_PACKED', bytes: writer.getBytes() };
}

function statisticsOf(kind: Column['kind'], values: PresentValues['values'], gaps: number): Statistics {
  const null_count = BigInt(gaps);
  if (kind === 'text' || kind === 'flag' || values.length === 0) return { null_count };
  let low = Infinity;
  let high = -Infinity;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (kind === 'real') return { min_value: low, max_value: high, null_count };
  return { min_value: BigInt(low), max_value: BigInt(high), null_count };
}

/** Appends one column of a row group to `writer`, compressed, and gives what the footer says of it. */
export function writeColumn(writer: ByteWriter, column: Column): ColumnChunk {
  const { values, levels } = presentValues(column);
  const rows = column.values.length;
  const start = writer.offset;
  const element = schemaElement(column);
  const dictionary = column.kind === 'flag' ? undefined : findDictionary(values);
  let rawBytes = 0;
  if (dictionary)
    rawBytes += writeDictionary(writer, dictionaryPage(column, dictionary), dictionary.values.length);
  const dataStart = writer.offset;
  const page = dictionary ? codesPage(dictionary) : plainPage(column, values);
  rawBytes += writeData(writer, page, levelsOf(element, rows, levels), rows, rows - values.length);
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: element.type!,
      encodings: dictionary ? ['PLAIN', page.encoding] : [page.encoding],
      path_in_schema: [column.name],
      codec: 'SNAPPY',
      num_values: BigInt(rows),
      total_uncompressed_size: BigInt(rawBytes),
      total_compressed_size: BigInt(writer.offset - start),
      data_page_offset: BigInt(dataStart),
      ...(dictionary && { dictionary_page_offset: BigInt(start) }),
      statistics: statisticsOf(column.kind, values, rows - values.length),
    },
  };
}

function levelsOf(element: SchemaElement, rows: number, levels: Uint8Array | undefined): Uint8Array {
  const writer = emptied(levelsRoom);
  if (element.repetition_type === 'REQUIRED') return writer.getBytes();
  if (levels) writeRleBitPackedHybrid(writer, levels, 1);
  else {
    writer.appendVarInt(rows << 1);
    writer.appendUint8(1);
  }
  return writer.getBytes();
}

/** Appends a dictionary page; gives its bytes before compression, the header included. */
function writeDictionary(writer: ByteWriter, { bytes }: Page, values: number): number {
  const start = writer.offset;
  const packed = snappyCompress(bytes);
  writePageHeader(writer, {
    type: 'DICTIONARY_PAGE',
    uncompressed_page_size: bytes.length,
    compressed_page_size: packed.length,
    dictionary_page_header: { num_values: values, encoding: 'PLAIN' },
  });
  const headerBytes = writer.offset - start;
  writer.appendBytes(packed);
  return headerBytes + bytes.length;
}

/** Appends the one data page of a column; gives its bytes before compression, the header included. */
function writeData(writer: ByteWriter, page: Page, levels: Uint8Array, rows: number, gaps: number): number {
  const start = writer.offset;
  const packed = snappyCompress(page.bytes);
  writePageHeader(writer, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: levels.length + page.bytes.length,
    compressed_page_size: levels.length + packed.length,
    data_page_header_v2: {
      num_values: rows,
      num_nulls: gaps,
      num_rows: rows,
      encoding: page.encoding,
      definition_levels_byte_length: levels.length,
      repetition_levels_byte_length: 0,
      is_compressed: true,
    },
  });
  const headerBytes = writer.offset - start;
  writer.appendBytes(levels);
  writer.appendBytes(packed);
  return headerBytes + levels.length + page.bytes.length;
}
