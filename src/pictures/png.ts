import { convertIndexedToRgb, decode, encode, type DecodedPng } from 'fast-png';
import { FormatError } from '../errors.ts';
import type { Image } from './image.ts';
import { essentialPng } from './png-chunks.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** True where the bytes begin as every PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/** The library throws plain errors of its own for all that can be wrong with a file. */
function orDamaged<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new FormatError(`${name}: is a damaged PNG (${(error as Error).message}); get it again`);
  }
}

/** Samples of 1, 2 or 4 bits a pixel, packed in rows of whole bytes, one a byte and scaled to 0..255. */
function unpack({ data, width, height, depth }: DecodedPng): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const highest = 2 ** depth - 1;
  const samples = new Uint8Array(width * height);
  for (let index = 0; index < samples.length; index++) {
    const bit = (index % width) * depth;
    const byte = data[Math.floor(index / width) * rowBytes + (bit >> 3)];
    samples[index] = (((byte >> (8 - depth - (bit & 7))) & highest) * 255) / highest;
  }
  return samples;
}

/** One byte a sample: 16-bit samples give their high byte. */
function toBytes(png: DecodedPng): Uint8Array {
  if (png.depth < 8) return unpack(png);
  if (png.depth !== 16) return png.data instanceof Uint8Array ? png.data : Uint8Array.from(png.data);
  const samples = new Uint8Array(png.data.length);
  for (let at = 0; at < samples.length; at++) samples[at] = png.data[at] >> 8;
  return samples;
}

/** The colours without the alpha channel. */
function dropAlpha(samples: Uint8Array, channels: number): Uint8Array {
  const colours = channels - 1;
  const kept = new Uint8Array((samples.length / channels) * colours);
  for (let from = 0, to = 0; to < kept.length; from += channels, to += colours) {
    for (let colour = 0; colour < colours; colour++) kept[to + colour] = samples[from + colour];
  }
  return kept;
}

/**
 * Reads a PNG of any kind: palettes give their colours, 16-bit samples their high byte; alpha is left out. Throws a
 * FormatError that begins with `name`.
 */
export function readPng(bytes: Uint8Array, name: string): Image {
  if (!isPng(bytes)) throw new FormatError(`${name}: is no PNG`);
  const essential = essentialPng(bytes, name);
  const png = orDamaged(name, () => decode(essential, { checkCrc: true }));
  const { width, height } = png;
  const isIndexed = png.palette !== undefined;
  const samples = orDamaged(name, () =>
    isIndexed ? Uint8Array.from(convertIndexedToRgb(png)) : toBytes(png),
  );
  const channels = isIndexed ? samples.length / (width * height) : png.channels;
  const pixels = channels % 2 === 0 ? dropAlpha(samples, channels) : samples;
  return { width, height, channels: channels <= 2 ? 1 : 3, pixels };
}

/** The picture as a PNG of 8 bits a channel. */
export function encodePng({ width, height, channels, pixels }: Image): Uint8Array {
  return encode({ width, height, channels, depth: 8, data: pixels });
}
