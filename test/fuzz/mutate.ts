/** Draws whole numbers; `seededIntegers` makes one. */
export type Draw = () => number;

export const below = (draw: Draw, limit: number): number => (limit < 1 ? 0 : draw() % limit);
export const pick = <T>(draw: Draw, list: readonly T[]): T => list[below(draw, list.length)]!;

/** Words that lengths, offsets and shapes break at. */
const WORDS = [
  0, 1, 2, 3, 4, 7, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
];

/** Sets a word somewhere in the bytes to one of those that lengths, offsets and shapes break at. */
export function setWord(view: DataView, draw: Draw): void {
  const width = pick(draw, [1, 2, 4]);
  if (view.byteLength < width) return;
  const at = below(draw, Math.floor(view.byteLength / width)) * width;
  const value = pick(draw, WORDS);
  if (width === 1) view.setUint8(at, value);
  else if (width === 2) view.setUint16(at, value & 0xffff, draw() % 8 > 0);
  else view.setUint32(at, value, draw() % 8 > 0);
}

function changeWord(bytes: Uint8Array, draw: Draw): Uint8Array {
  setWord(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), draw);
  return bytes;
}

/** Moves an offset or a length by a little: what tables of a flatbuffer and chunks of a picture are held together by. */
function nudgeWord(bytes: Uint8Array, draw: Draw): Uint8Array {
  if (bytes.length < 4) return bytes;
  const at = below(draw, bytes.length >> 2) << 2;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint32(at, view.getUint32(at, true) + (below(draw, 65) - 32), true);
  return bytes;
}

/** Has one offset lead where another one leads: tables that hold themselves, vectors that are texts. */
function crossWords(bytes: Uint8Array, draw: Draw): Uint8Array {
  if (bytes.length < 8) return bytes;
  const words = bytes.length >> 2;
  const [from, to] = [below(draw, words) << 2, below(draw, words) << 2];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const target = from + view.getUint32(from, true);
  view.setUint32(to, draw() % 2 ? view.getUint32(from, true) : target - to, true);
  return bytes;
}

function flipBit(bytes: Uint8Array, draw: Draw): Uint8Array {
  if (bytes.length > 0) bytes[below(draw, bytes.length)]! ^= 1 << below(draw, 8);
  return bytes;
}

function cut(bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = below(draw, bytes.length);
  const length = 1 + below(draw, draw() % 2 ? 16 : bytes.length);
  return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + length)]);
}

function repeat(bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = below(draw, bytes.length);
  const piece = bytes.subarray(at, at + 1 + below(draw, 64));
  return Uint8Array.from([...bytes.subarray(0, at), ...piece, ...bytes.subarray(at)]);
}

const MUTATIONS = [
  changeWord,
  changeWord,
  changeWord,
  nudgeWord,
  nudgeWord,
  crossWords,
  crossWords,
  flipBit,
  flipBit,
  cut,
  repeat,
];

/** A binary file with a few things wrong; half of all have one, so that it is what is found. */
export function mutateBytes(seed: Uint8Array, draw: Draw): Uint8Array {
  let bytes = Uint8Array.from(seed);
  for (let left = draw() % 2 ? 1 : 1 + below(draw, 6); left > 0; left--)
    bytes = Uint8Array.from(pick(draw, MUTATIONS)(bytes, draw));
  return bytes;
}

const TOKEN = /\s+|[A-Za-z_]\w*|\d+(?:\.\d+)?|"[^"\n]*"|'[^'\n]*'|[^\sA-Za-z_0-9]/g;

/** A program whose words are mixed with those of others and with hostile ones; spaces keep their places. */
export function mutateTokens(seeds: readonly Uint8Array[], extra: readonly string[], draw: Draw): Uint8Array {
  const texts = seeds.map((seed) => new TextDecoder().decode(seed).match(TOKEN) ?? []);
  const tokens = [...pick(draw, texts)];
  for (let left = 1 + below(draw, 8); left > 0; left--) {
    const at = below(draw, tokens.length);
    const other = pick(draw, texts);
    const from = below(draw, other.length);
    const inserted = draw() % 2 ? [pick(draw, extra)] : other.slice(from, from + 1 + below(draw, 12));
    tokens.splice(at, below(draw, 6), ...inserted);
  }
  return new TextEncoder().encode(tokens.join(''));
}
