import { FormatError } from '../errors.ts';
import { MAX_PIXELS } from './image.ts';

/** What a JPEG's frame header says (ITU-T T.81, B.2.2). */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
/** Frames that no decoder here knows: lossless, hierarchical, arithmetic. */
const OTHER_FRAMES = new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
const SCAN = 0xda;
const END = 0xd9;
/** Each scan walks over every block of the picture, so a kilobyte of empty scans would take minutes. */
const MAX_SCANS = 64;

/** Pixels of a block, which takes at least a bit. */
const BLOCK_PIXELS = 64;

/** True where the bytes begin as every JPEG does. */
export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

const isAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Where the segments in front of the first scan begin, by their markers. */
function* segments(bytes: Uint8Array): Generator<[marker: number, at: number]> {
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1];
    if (marker === 0xff) at++;
    else if (isAlone(marker)) at += 2;
    else {
      yield [marker, at + 4];
      if (marker === SCAN || marker === END) return;
      at += 2 + Math.max(2, bytes[at + 2] * 256 + bytes[at + 3]);
    }
  }
}

function countScans(bytes: Uint8Array): number {
  let scans = 0;
  for (let at = 2; at + 1 < bytes.length; at++) if (bytes[at] === 0xff && bytes[at + 1] === SCAN) scans++;
  return scans;
}

/**
 * Size and components of a JPEG before anything is decoded or allocated. Throws a FormatError that begins with `name` for
 * too many pixels or scans, samples that are not of 8 bits, and kinds that are not read.
 */
export function readJpegHeader(bytes: Uint8Array, name: string): JpegFrame {
  for (const [marker, at] of segments(bytes)) {
    if (OTHER_FRAMES.has(marker)) {
      throw new FormatError(
        `${name}: is a lossless or arithmetic JPEG; baseline and progressive ones are read`,
      );
    }
    if (FRAMES.has(marker) && at + 6 <= bytes.length) return frameAt(bytes, at, name);
  }
  throw new FormatError(`${name}: is a damaged JPEG (no frame header); get it again`);
}

function frameAt(bytes: Uint8Array, at: number, name: string): JpegFrame {
  const [bits, height, width, components] = [
    bytes[at],
    bytes[at + 1] * 256 + bytes[at + 2],
    bytes[at + 3] * 256 + bytes[at + 4],
    bytes[at + 5],
  ];
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
    throw new FormatError(`${name}: ${width}x${height} pixels cannot be read; at most ${MAX_PIXELS} in all`);
  }
  if (8 * bytes.length < (width * height) / BLOCK_PIXELS) {
    throw new FormatError(
      `${name}: ${bytes.length} bytes cannot hold ${width}x${height} pixels; get it again`,
    );
  }
  if (bits !== 8) throw new FormatError(`${name}: a JPEG of ${bits} bits a sample; 8 are read`);
  const scans = countScans(bytes);
  if (scans <= MAX_SCANS) return { width, height, components };
  throw new FormatError(`${name}: a JPEG of ${scans} scans; at most ${MAX_SCANS} are read`);
}
