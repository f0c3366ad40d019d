/*
 * Files whose checksums would stop nearly every mutant at the door: they are opened, something inside is made wrong, and they
 * are closed again with checksums that fit.
 */
import { unzipSync, unzlibSync, zipSync, zlibSync } from 'fflate';
import { crc32 } from '../../src/models/formats/crc32.ts';
import { below, mutateBytes, pick, type Draw } from './mutate.ts';
import { mutateJson } from './mutate-json.ts';

const SIGNATURE_BYTES = 8;
const MAX_ENTRY_BYTES = 1e6;
const TYPES = [
  'IHDR',
  'PLTE',
  'tRNS',
  'IDAT',
  'IEND',
  'gAMA',
  'iCCP',
  'tEXt',
  'acTL',
  'fdAT',
  'eXIf',
  'pHYs',
];

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

function chunksOf(png: Uint8Array): Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const found: Chunk[] = [];
  for (let at = SIGNATURE_BYTES; at + 12 <= png.length;) {
    const end = at + 8 + view.getUint32(at);
    found.push({ type: String.fromCharCode(...png.subarray(at + 4, at + 8)), data: png.slice(at + 8, end) });
    at = end + 4;
  }
  return found;
}

function pngOf(signature: Uint8Array, chunks: readonly Chunk[]): Uint8Array {
  const parts = chunks.map(({ type, data }) => {
    const part = new Uint8Array(12 + data.length);
    const view = new DataView(part.buffer);
    view.setUint32(0, data.length);
    for (let at = 0; at < 4; at++) part[4 + at] = type.charCodeAt(at);
    part.set(data, 8);
    view.setUint32(8 + data.length, crc32(part.subarray(4, 8 + data.length)));
    return part;
  });
  return Uint8Array.from([...signature, ...parts.flatMap((part) => [...part])]);
}

/** Width, height, depth, colour type, filter, interlace: values that the specification has, most of them. */
function changeHeader(data: Uint8Array, draw: Draw): Uint8Array {
  const changed = Uint8Array.from(data);
  const at = pick(draw, [3, 7, 8, 9, 12, below(draw, 13)]);
  if (at < changed.length) changed[at] = pick(draw, [0, 1, 2, 3, 4, 6, 8, 16, below(draw, 256)]);
  return changed;
}

function changeChunk({ type, data }: Chunk, draw: Draw): Chunk {
  if (type === 'IHDR' && draw() % 4) return { type, data: changeHeader(data, draw) };
  if (type === 'IDAT' && draw() % 4) {
    try {
      return { type, data: zlibSync(mutateBytes(unzlibSync(data), draw)) };
    } catch {
      return { type, data: mutateBytes(data, draw) };
    }
  }
  return { type, data: mutateBytes(data, draw) };
}

/** A PNG with wrong headers, rows, packed data, or with chunks that are odd, twice there, missing or elsewhere. */
export function mutatePng(seed: Uint8Array, draw: Draw): Uint8Array {
  if (draw() % 8 === 0) return mutateBytes(seed, draw);
  const chunks = chunksOf(seed);
  if (chunks.length === 0) return mutateBytes(seed, draw);
  for (let left = draw() % 2 ? 1 : 1 + below(draw, 4); left > 0 && chunks.length > 0; left--) {
    const [at, to] = [below(draw, chunks.length), below(draw, chunks.length)];
    const kind = below(draw, 8);
    if (kind === 0) chunks.splice(at, 1);
    else if (kind === 1) chunks.splice(to, 0, chunks[at]!);
    else if (kind === 2)
      chunks.splice(at, 0, { type: pick(draw, TYPES), data: mutateBytes(chunks[to]!.data, draw) });
    else if (kind === 3) chunks[at] = { type: pick(draw, TYPES), data: chunks[at]!.data };
    else chunks[at] = changeChunk(chunks[at]!, draw);
  }
  return pngOf(seed.subarray(0, SIGNATURE_BYTES), chunks);
}

/** What a file says that it holds: one of gigabytes would keep the fuzzer itself busy. */
const isSmall = ({ originalSize }: { readonly originalSize: number }): boolean =>
  originalSize <= MAX_ENTRY_BYTES;

/** A zip with files that are wrong, missing, named otherwise, stored or packed; its own records fit unless they are mixed up. */
export function mutateZip(seed: Uint8Array, draw: Draw): Uint8Array {
  if (draw() % 4 === 0) return mutateBytes(seed, draw);
  try {
    const files: Record<string, Uint8Array> = unzipSync(seed, { filter: isSmall });
    const name = pick(draw, Object.keys(files));
    const kind = below(draw, 6);
    if (kind === 0) Reflect.deleteProperty(files, name);
    else if (kind === 1)
      files[pick(draw, ['flash-list.json', '__proto__', '../x', '/etc/x', 'a\nb', ''])] = files[name]!;
    else
      files[name] = name.endsWith('.json') ? mutateJson(files[name]!, draw) : mutateBytes(files[name]!, draw);
    const list = files['flash-list.json'];
    if (list && draw() % 2) files['flash-list.json'] = mutateJson(list, draw);
    return zipSync(files, { level: draw() % 2 ? 0 : 6, mtime: new Date(1980, 0, 1) });
  } catch {
    return mutateBytes(seed, draw);
  }
}
