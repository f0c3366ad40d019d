import { FormatError } from '../../errors.ts';
import { MAX_PIXELS } from '../../pictures/image.ts';
import { packRgb565 } from '../../deploy/camera/frame.ts';
import { makeImage, type GuestImage } from './guest-image.ts';

const HEADER_BYTES = 54;
const UNCOMPRESSED = [0, 3];

/** True where the bytes begin as every BMP does. */
export const isBmp = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d;

/**
 * Reads a BMP as the firmwares do (imlib bmp.c): 8 bits a pixel give a grey image, 16 and 24 bits an RGB565 one. Throws a
 * FormatError that begins with `name` for other kinds and for damaged files.
 */
export function readBmp(bytes: Uint8Array, name: string): GuestImage {
  if (bytes.length < HEADER_BYTES) throw new FormatError(`${name}: truncated in its header; get it again`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [start, width, signedHeight] = [
    view.getUint32(10, true),
    view.getInt32(18, true),
    view.getInt32(22, true),
  ];
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
  const image = makeImage(width, height, bits === 8 ? 'grayscale' : 'rgb565');
  for (let y = 0; y < height; y++) {
    // A positive height counts its rows from below.
    const row = start + rowBytes * (signedHeight > 0 ? height - 1 - y : y);
    for (let x = 0; x < width; x++) image.pixels[y * width + x] = pixelAt(view, row, x, bits);
  }
  return image;
}

function pixelAt(view: DataView, row: number, x: number, bits: number): number {
  if (bits === 8) return view.getUint8(row + x);
  if (bits === 16) return view.getUint16(row + 2 * x, true);
  const at = row + 3 * x;
  return packRgb565(view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at));
}
