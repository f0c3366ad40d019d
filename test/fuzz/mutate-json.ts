import { below, mutateBytes, pick, type Draw } from './mutate.ts';

const NUMBERS = [0, -1, 1, 0.5, 2, 7, 255, 65536, 1e9, 2 ** 31, 2 ** 53, 1e-9, 1e300, -1e300, 5e-324];
const TEXTS = [
  ...['', 'x', '1', '-1', 'NaN', '0x10', '1:1e9', '{f}', 'paper:8', '1e999', 'x'.repeat(300)],
  ...['__proto__', 'constructor', 'toString', '\u001b[31m', '\u202e', '\ud800', 'a\nb'],
];
const VALUES: readonly unknown[] = [
  ...[...NUMBERS, ...TEXTS, null, true, false, [], {}, [[]], [1], [-1, 0], [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ...[{ id: 'x' }, { value: -1 }, { lua: 'return 1' }, { toString: 1, valueOf: 1 }, { length: 1e9 }],
];
/** Of changes that keep the kind of what they change, so that later checks are reached. */
const KEEPING_KINDS = 3;

type Node = Record<string, unknown>;

function places(value: unknown, found: [holder: Node, key: string][] = []): [holder: Node, key: string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Node, key]);
    places((value as Node)[key], found);
  }
  return found;
}

function otherText(value: string, draw: Draw): string {
  const at = below(draw, value.length + 1);
  return (
    value.slice(0, at) +
    pick(draw, ['', '0', '9', ' ', ',', ':', '-', 'x', '%']) +
    value.slice(at + below(draw, 2))
  );
}

/** Another value of the same kind: a number near by, a text with a letter changed, a list with one more or less. */
function otherOf(value: unknown, draw: Draw): unknown {
  if (typeof value === 'number') {
    const near = [value + 1, value - 1, value * 2, value / 2, -value, Math.trunc(value)];
    return pick(draw, draw() % 2 ? near : NUMBERS);
  }
  if (typeof value === 'string') return draw() % 3 ? otherText(value, draw) : pick(draw, TEXTS);
  if (typeof value === 'boolean') return !value;
  if (!Array.isArray(value) || value.length === 0) return value;
  const at = below(draw, value.length);
  return draw() % 2 ? value.toSpliced(at, 1) : value.toSpliced(at, 0, structuredClone(value[at]));
}

function changeNode(root: unknown, draw: Draw): void {
  const all = places(root);
  if (all.length === 0) return;
  const [holder, key] = pick(draw, all);
  const [other, otherKey] = pick(draw, all);
  const kind = below(draw, 4 + KEEPING_KINDS);
  if (kind === 0) Reflect.deleteProperty(holder, key);
  else if (kind === 1) holder[key] = structuredClone(other[otherKey]);
  else if (kind === 2 && !Array.isArray(holder)) holder[pick(draw, TEXTS)] = structuredClone(holder[key]);
  else if (kind <= 3) holder[key] = structuredClone(pick(draw, VALUES));
  else holder[key] = otherOf(holder[key], draw);
}

/** Half of all have one thing wrong, so that it is what is found; the others a few. */
export function changeValue<T>(root: T, draw: Draw): T {
  for (let left = draw() % 2 ? 1 : 1 + below(draw, 4); left > 0; left--) changeNode(root, draw);
  return root;
}

/** A JSON document with a few fields wrong, or a few of its letters. */
export function mutateJson(seed: Uint8Array, draw: Draw): Uint8Array {
  try {
    const root: unknown = JSON.parse(new TextDecoder().decode(seed));
    const bytes = new TextEncoder().encode(JSON.stringify(changeValue(root, draw)));
    return draw() % 16 === 0 ? mutateBytes(bytes, draw) : bytes;
  } catch {
    return mutateBytes(seed, draw);
  }
}
