import type { Image } from './image.ts';
import { isPng, readPng } from './png.ts';
import { readPnm } from './pnm.ts';

/** A picture of a PNG, PGM or PPM file, told by its first bytes. Throws a FormatError that begins with `name`. */
export function readImage(bytes: Uint8Array, name: string): Image {
  return isPng(bytes) ? readPng(bytes, name) : readPnm(bytes, name);
}
