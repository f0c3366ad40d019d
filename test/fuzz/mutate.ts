/** Draws whole numbers; `seededIntegers` makes one. */
export type Draw = () => number;

const below = (draw: Draw, limit: number): number => (limit < 1 ? 0 : draw() % limit);
const pick = <T>(draw: Draw, list: readonly T[]): T => list[below(draw, list.length)]!;

/** Words that lengths, offsets and shapes break at. */
const WORDS = [
  0, 1, 2, 3, 4, 7, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
];

function setWord(bytes: Uint8Array, draw: Draw): Uint8Array {
  const width = pick(draw, [1, 2, 4]);
  if (bytes.length < width) return bytes;
  const at = below(draw, Math.floor(bytes.length / width)) * width;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const value = pick(draw, WORDS);
  if (width === 1) view.setUint8(at, value);
  else if (width === 2) view.setUint16(at, value & 0xffff, draw() % 8 > 0);
  else view.setUint32(at, value, draw() % 8 > 0);
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
  setWord,
  setWord,
  setWord,
  nudgeWord,
  nudgeWord,
  crossWords,
  crossWords,
  flipBit,
  flipBit,
  cut,
  repeat,
];

/** A binary file with a few things wrong. */
export function mutateBytes(seed: Uint8Array, draw: Draw): Uint8Array {
  let bytes = Uint8Array.from(seed);
  for (let left = 1 + below(draw, 6); left > 0; left--)
    bytes = Uint8Array.from(pick(draw, MUTATIONS)(bytes, draw));
  return bytes;
}

const VALUES: readonly unknown[] = [
  ...[0, -1, 1, 0.5, 1e9, 1e300, -1e300, 2 ** 53, 65536, null, true, false, '', 'x', '1', '-1', 'NaN'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '\u001b[31m',
    '\u202e',
    'paper:8',
    '{f}',
    '1:1e9',
    'x'.repeat(300),
  ],
  ...[
    [],
    {},
    [[]],
    [1],
    [-1, 0],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    { id: 'x' },
    { value: -1 },
    { lua: 'return 1' },
  ],
];

type Node = Record<string, unknown>;

function places(value: unknown, found: [holder: Node, key: string][] = []): [holder: Node, key: string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Node, key]);
    places((value as Node)[key], found);
  }
  return found;
}

function changeNode(root: unknown, draw: Draw): void {
  const all = places(root);
  if (all.length === 0) return;
  const [holder, key] = pick(draw, all);
  const [other, otherKey] = pick(draw, all);
  const kind = below(draw, 5);
  if (kind === 0) Reflect.deleteProperty(holder, key);
  else if (kind === 1) holder[key] = structuredClone(other[otherKey]);
  else if (kind === 2 && !Array.isArray(holder))
    holder[String(pick(draw, VALUES))] = structuredClone(holder[key]);
  else holder[key] = structuredClone(pick(draw, VALUES));
}

/** A JSON document with a few fields wrong, or a few of its letters. */
export function mutateJson(seed: Uint8Array, draw: Draw): Uint8Array {
  const root: unknown = JSON.parse(new TextDecoder().decode(seed));
  for (let left = 1 + below(draw, 4); left > 0; left--) changeNode(root, draw);
  const bytes = new TextEncoder().encode(JSON.stringify(root));
  return draw() % 8 === 0 ? mutateBytes(bytes, draw) : bytes;
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
