import jpegJs from 'jpeg-js';
import { FormatError } from '../errors.ts';
import type { Image } from './image.ts';
import { isJpeg, readJpegHeader } from './jpeg-header.ts';

export { isJpeg };

/** Blocks, lines and pixels of a picture at the limit of pixels with halved colours need 260 MB. */
const MAX_MEGABYTES = 512;
const OPAQUE = 255;
const FEWEST_PERCENT = 1;
const MOST_PERCENT = 100;

/** The library throws plain errors, or stumbles over what is missing, for all that can be wrong with a file. */
function decode(bytes: Uint8Array, name: string): Uint8Array {
  try {
    const options = { useTArray: true, formatAsRGBA: false, maxMemoryUsageInMB: MAX_MEGABYTES } as const;
    return jpegJs.decode(bytes, options).data;
  } catch (error) {
    const { constructor, message } = error as Error;
    const reason = constructor === Error ? message : 'a table or a block is missing';
    throw new FormatError(`${name}: is a damaged JPEG (${reason}); get it again`);
  }
}

/**
 * Reads a baseline or progressive JPEG; one component gives a grey picture, colours are those of the file, and an Exif
 * orientation is not applied. Throws a FormatError of one line that begins with `name`.
 */
export function readJpeg(bytes: Uint8Array, name: string): Image {
  if (!isJpeg(bytes)) throw new FormatError(`${name}: is no JPEG`);
  const { width, height, components } = readJpegHeader(bytes, name);
  const samples = decode(bytes, name);
  if (components !== 1) return { width, height, channels: 3, pixels: samples };
  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < pixels.length; at++) pixels[at] = samples[3 * at];
  return { width, height, channels: 1, pixels };
}

/** The picture as a baseline JPEG of three components without halved colours; `percent` is libjpeg's quality, 1 to 100. */
export function encodeJpeg({ width, height, channels, pixels }: Image, percent: number): Uint8Array {
  const data = new Uint8Array(4 * width * height).fill(OPAQUE);
  for (let at = 0; at < width * height; at++) {
    for (let c = 0; c < 3; c++) data[4 * at + c] = pixels[channels === 1 ? at : 3 * at + c];
  }
  const quality = Math.min(MOST_PERCENT, Math.max(FEWEST_PERCENT, Math.round(percent)));
  return new Uint8Array(jpegJs.encode({ width, height, data }, quality).data);
}
