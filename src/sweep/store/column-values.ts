import type { ByteWriter as Writer } from 'hyparquet-writer';
import type { Column } from '../study/batch.ts';

/** What a column holds, without its gaps: numbers or words, and where the gaps are. */
export interface PresentValues {
  /** Numbers of the rows that have one, or codes of their words. */
  readonly values: Float64Array | Uint32Array | Uint8Array;
  /** 1 where a row holds something; absent where all do. */
  readonly levels?: Uint8Array;
}

/** Leaves the gaps out: NaN in numbers, the empty word in texts. Flags have none. */
export function presentValues(column: Column): PresentValues {
  if (column.kind === 'flag') return { values: column.values };
  const gap = column.kind === 'text' ? column.words.indexOf('') : Number.NaN;
  return withoutGaps(column.values, gap);
}

// Plain loops: callbacks for each row cost a fifth of a sweep's encoding.
function withoutGaps(values: Float64Array | Uint32Array, gap: number): PresentValues {
  let row = 0;
  if (Number.isNaN(gap)) while (row < values.length && values[row] === values[row]) row++;
  else while (row < values.length && values[row] !== gap) row++;
  return row === values.length ? { values } : withoutGapsFrom(values, gap, row);
}

function withoutGapsFrom(values: Float64Array | Uint32Array, gap: number, firstGap: number): PresentValues {
  const isNumber = Number.isNaN(gap);
  const kept = values.slice();
  const levels = new Uint8Array(values.length).fill(1, 0, firstGap);
  let present = firstGap;
  for (let row = firstGap; row < values.length; row++) {
    const value = values[row];
    if (isNumber ? value !== value : value === gap) continue;
    levels[row] = 1;
    kept[present++] = value;
  }
  return { values: kept.subarray(0, present), levels };
}

/** Different values in the order in which they first come, and the number of each row's. */
export interface Dictionary {
  readonly values: readonly number[];
  readonly codes: Uint32Array;
}

/** Values of a dictionary at most. */
export const MAX_DICTIONARY = 4096;
/** After so many rows a column of which most are different is given up: latencies mostly. */
const TRIED_ROWS = 512;

// Fresh memory for each column of each batch would cost more than filling it.
let codesRoom = new Uint32Array(0);

/**
 * The dictionary of some values, its codes good until the next call; undefined where more than a quarter of them, or thousands, are different, or most of
 * those that came first.
 */
export function findDictionary(values: ArrayLike<number>): Dictionary | undefined {
  const limit = Math.min(MAX_DICTIONARY, Math.max(16, values.length >> 2));
  if (codesRoom.length < values.length) codesRoom = new Uint32Array(values.length);
  const codes = codesRoom.subarray(0, values.length);
  const known = new Map<number, number>();
  let last = Number.NaN;
  let lastCode = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value !== last) {
      last = value;
      lastCode = known.get(value) ?? known.size;
      if (lastCode === known.size) {
        if (lastCode === limit || (at >= TRIED_ROWS && lastCode > at / 2)) return undefined;
        known.set(value, lastCode);
      }
    }
    codes[at] = lastCode;
  }
  return { values: [...known.keys()], codes };
}

const LOW_WORD = 2 ** 32;

/** Whole numbers as 64-bit integers, little endian. */
export function int64Bytes(values: ArrayLike<number>): Uint8Array {
  const words = new Uint32Array(2 * values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    words[2 * at] = value;
    words[2 * at + 1] = Math.floor(value / LOW_WORD);
  }
  return new Uint8Array(words.buffer);
}

export function doubleBytes(values: ArrayLike<number>): Uint8Array {
  const doubles = values instanceof Float64Array ? values : Float64Array.from(values);
  return new Uint8Array(doubles.buffer, doubles.byteOffset, doubles.byteLength);
}

const text = new TextEncoder();

/** Words as Parquet's byte arrays: the length in four bytes, then UTF-8. */
export function wordBytes(writer: Writer, words: readonly string[]): void {
  for (const word of words) {
    const bytes = text.encode(word);
    writer.appendUint32(bytes.length);
    writer.appendBytes(bytes);
  }
}

const BLOCK_VALUES = 128;
const MINI_BLOCKS = 4;

/** True for whole numbers in steps of one: an index. */
export function isRun(values: ArrayLike<number>): boolean {
  for (let at = 1; at < values.length; at++) if (values[at] - values[at - 1] !== 1) return false;
  return values.length > BLOCK_VALUES;
}

/** A run in steps of one as Parquet's DELTA_BINARY_PACKED: every difference is the least one, so no bits are stored. */
export function writeRun(writer: Writer, first: number, values: number): void {
  writer.appendVarInt(BLOCK_VALUES);
  writer.appendVarInt(MINI_BLOCKS);
  writer.appendVarInt(values);
  writer.appendZigZag(BigInt(first));
  for (let left = values - 1; left > 0; left -= BLOCK_VALUES) {
    writer.appendZigZag(1);
    for (let block = 0; block < MINI_BLOCKS; block++) writer.appendUint8(0);
  }
}
