import { Unzlib } from 'fflate';
import { FormatError } from '../errors.ts';
import { MAX_PIXELS } from './image.ts';

const SIGNATURE_BYTES = 8;
/** Length, type and checksum of a chunk. */
const CHUNK_BYTES = 12;
const HEADER_BYTES = 24;
/** What a picture is made of; texts, colour profiles and dates are packed too, and nobody reads them here. */
const ESSENTIAL = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
/** Samples of each colour type of the specification. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** As much as the most pixels take with four samples of 8 bits. */
const MAX_SAMPLE_BYTES = 4 * MAX_PIXELS;
/** Packed bytes that are unpacked in one go: at most a thousand times as many come out. */
const STEP_BYTES = 8192;

interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function* chunks(bytes: Uint8Array, name: string): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let start = SIGNATURE_BYTES; start < bytes.length;) {
    if (start + CHUNK_BYTES > bytes.length) throw cutShort(name);
    const end = start + CHUNK_BYTES + view.getUint32(start);
    if (end > bytes.length) throw cutShort(name);
    const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    yield { type, start, end };
    if (type === 'IEND') return;
    start = end;
  }
}

const cutShort = (name: string) => new FormatError(`${name}: is a damaged PNG (cut short); get it again`);

/** Bytes that the rows of the picture unpack to, at the most. Throws a FormatError where the header asks for too much. */
function unpackedBytes(bytes: Uint8Array, name: string): number {
  if (bytes.length < HEADER_BYTES + 5)
    throw new FormatError(`${name}: truncated in its header; get it again`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
    throw new FormatError(`${name}: ${width}x${height} pixels cannot be read; at most ${MAX_PIXELS} in all`);
  }
  const [depth, channels] = [bytes[24], CHANNELS[bytes[25]] ?? 4];
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  if (rowBytes * height > MAX_SAMPLE_BYTES) {
    throw new FormatError(
      `${name}: ${width}x${height} pixels of ${channels} samples of ${depth} bits cannot be read; ` +
        `at most ${MAX_SAMPLE_BYTES} bytes in all`,
    );
  }
  // Each row begins with its filter; the passes of an interlaced picture have at most twice as many rows, which end in whole bytes.
  return (rowBytes + 5) * height + 64;
}

function requireBounded(bytes: Uint8Array, data: readonly Chunk[], mostBytes: number, name: string): void {
  let unpacked = 0;
  const inflate = new Unzlib((part) => {
    unpacked += part.length;
    if (unpacked > mostBytes)
      throw new FormatError(`${name}: holds more than the pixels that its header promises`);
  });
  for (const { start, end } of data) {
    for (let at = start + 8; at < end - 4; at += STEP_BYTES) {
      inflate.push(bytes.subarray(at, Math.min(at + STEP_BYTES, end - 4)));
    }
  }
}

/**
 * The chunks of a PNG that its pixels are made of, as a PNG. Throws a FormatError that begins with `name` for one that is cut
 * short, has a second header, or whose data unpack to more than its header says; little is allocated before.
 */
export function essentialPng(bytes: Uint8Array, name: string): Uint8Array {
  const mostBytes = unpackedBytes(bytes, name);
  const kept = [...chunks(bytes, name)].filter(({ type }) => ESSENTIAL.has(type));
  // The decoder would believe the last of several headers, wherever it is; only what stands first has been looked at.
  const isFirst = kept[0]?.start === SIGNATURE_BYTES;
  if (!isFirst || kept.findLastIndex(({ type }) => type === 'IHDR') !== 0)
    throw new FormatError(`${name}: is a damaged PNG (its header is not first and alone); get it again`);
  try {
    requireBounded(
      bytes,
      kept.filter(({ type }) => type === 'IDAT'),
      mostBytes,
      name,
    );
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError(`${name}: is a damaged PNG (${(error as Error).message}); get it again`);
  }
  const lengths = kept.reduce((sum, { start, end }) => sum + end - start, 0);
  const whole = new Uint8Array(SIGNATURE_BYTES + lengths);
  whole.set(bytes.subarray(0, SIGNATURE_BYTES));
  let at = SIGNATURE_BYTES;
  for (const { start, end } of kept) {
    whole.set(bytes.subarray(start, end), at);
    at += end - start;
  }
  return whole;
}
