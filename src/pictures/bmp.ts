import { FormatError } from '../errors.ts';
import { MAX_PIXELS, type Image } from './image.ts';
import { blueOf, greenOf, redOf } from './rgb565.ts';

const HEADER_BYTES = 54;
const UNCOMPRESSED = [0, 3];

/** True where the bytes begin as every BMP does. */
export const isBmp = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d;

interface Layout {
  readonly start: number;
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly rowBytes: number;
  /** A positive height counts its rows from below. */
  readonly fromBelow: boolean;
}

function readLayout(bytes: Uint8Array, view: DataView, name: string): Layout {
  if (bytes.length < HEADER_BYTES) throw new FormatError(`${name}: truncated in its header; get it again`);
  const [start, width, signedHeight] = [10, 18, 22].map((at) =>
    at === 10 ? view.getUint32(at, true) : view.getInt32(at, true),
  );
  const [bits, compression] = [view.getUint16(28, true), view.getUint32(30, true)];
  const height = Math.abs(signedHeight);
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
    throw new FormatError(`${name}: ${width}x${height} pixels cannot be read; at most ${MAX_PIXELS} in all`);
  }
  if (![8, 16, 24].includes(bits) || !UNCOMPRESSED.includes(compression)) {
    throw new FormatError(`${name}: a BMP of ${bits} bits a pixel; 8, 16 or 24 without compression are read`);
  }
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (bytes.length < start + rowBytes * height) throw new FormatError(`${name}: cut short; get it again`);
  return { start, width, height, bits, rowBytes, fromBelow: signedHeight > 0 };
}

/**
 * Reads a BMP as the firmwares do (imlib bmp.c): 8 bits a pixel give a grey picture, 16 (RGB565) and 24 bits colours.
 * Throws a FormatError that begins with `name` for other kinds and for damaged files.
 */
export function readBmp(bytes: Uint8Array, name: string): Image {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { start, width, height, bits, rowBytes, fromBelow } = readLayout(bytes, view, name);
  const channels = bits === 8 ? 1 : 3;
  const pixels = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const row = start + rowBytes * (fromBelow ? height - 1 - y : y);
    for (let x = 0; x < width; x++) pixels.set(pixelAt(view, row, x, bits), (y * width + x) * channels);
  }
  return { width, height, channels, pixels };
}

function pixelAt(view: DataView, row: number, x: number, bits: number): number[] {
  if (bits === 8) return [view.getUint8(row + x)];
  if (bits === 16) {
    const pixel = view.getUint16(row + 2 * x, true);
    return [redOf(pixel), greenOf(pixel), blueOf(pixel)];
  }
  const at = row + 3 * x;
  return [view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at)];
}
