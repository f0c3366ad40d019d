import { seededIntegers } from '../../seeded-random.ts';
import type { Axis } from './axis.ts';

const ROUNDS = 6;

/** Mixes a half with the key of a round: the finaliser of MurmurHash3 (Austin Appleby, public domain). */
function mix(value: number, key: number): number {
  let mixed = (value ^ key) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function bitsFor(count: number): number {
  let bits = 1;
  while (2 ** bits < count) bits++;
  return bits;
}

type Keys = readonly number[];

const keysOf = new Map<number, Keys>();

function roundKeys(seed: number): Keys {
  let keys = keysOf.get(seed);
  if (!keys) {
    const draw = seededIntegers(seed);
    keys = Array.from({ length: ROUNDS }, () => draw());
    if (keysOf.size > 256) keysOf.clear();
    keysOf.set(seed, keys);
  }
  return keys;
}

/** One pass of a Feistel network over two halves of `half` bits each: a permutation of 2^(2 half) numbers. */
function permute(index: number, half: number, keys: Keys): number {
  const range = 2 ** half;
  let left = Math.floor(index / range);
  let right = index - left * range;
  for (const key of keys) {
    const next = (left ^ (mix(right, key) & (range - 1))) >>> 0;
    left = right;
    right = next;
  }
  return left * range + right;
}

/**
 * Where a seeded permutation of [0, count) puts `index`, in constant time and memory: a Feistel network walked until
 * it is back inside (Black and Rogaway 2002, "Ciphers with arbitrary finite domains"). `count` up to 2^53.
 */
export function shuffledIndex(index: number, count: number, seed: number): number {
  if (count <= 1) return 0;
  const half = Math.ceil(bitsFor(count) / 2);
  const keys = roundKeys(seed);
  let shuffled = index;
  do shuffled = permute(shuffled, half, keys);
  while (shuffled >= count);
  return shuffled;
}

/**
 * Positions of point `index` of a Latin hypercube (McKay, Beckman, Conover 1979): each axis is cut into as many strata
 * as there are points, and each stratum is used once. On an axis of m values each recurs points / m times, rounded
 * down or up.
 */
export function latinDigits(
  axes: readonly Axis[],
  index: number,
  { points, seed }: { readonly points: number; readonly seed: number },
  digits: Int32Array | number[],
): void {
  axes.forEach(({ values }, axis) => {
    const stratum = shuffledIndex(index, points, mix(seed, axis + 1));
    digits[axis] = Math.floor((stratum * values.length) / points);
  });
}
