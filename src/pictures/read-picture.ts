import { isBmp, readBmp } from './bmp.ts';
import type { Image } from './image.ts';
import { isJpeg, readJpeg } from './jpeg.ts';
import { isPng, readPng } from './png.ts';
import { readPnm } from './pnm.ts';

/** Names that files of pictures end with, in small letters. */
export const PICTURE_KINDS = ['.png', '.jpg', '.jpeg', '.bmp', '.pgm', '.ppm', '.pnm'];

/**
 * A picture of a PNG, JPEG, BMP, PGM or PPM file, told by its first bytes. Throws a FormatError of one line that begins
 * with `name`.
 */
export function readPicture(bytes: Uint8Array, name: string): Image {
  if (isPng(bytes)) return readPng(bytes, name);
  if (isJpeg(bytes)) return readJpeg(bytes, name);
  return isBmp(bytes) ? readBmp(bytes, name) : readPnm(bytes, name);
}
