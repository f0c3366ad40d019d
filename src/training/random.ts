import { seededWords } from '../seeded-random.ts';

const TWO_TO_32 = 2 ** 32;

/** Numbers in [0, 1), the same for the same seed on every machine. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  const draw = seededWords(seed);
  return () => draw() / TWO_TO_32;
}

/** 0 to count - 1 in random order (Fisher and Yates). */
export function shuffledIndices(count: number, random: Random): Uint32Array {
  const indices = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [indices[last], indices[other]] = [indices[other], indices[last]];
  }
  return indices;
}

/** Glorot's uniform initialisation, Keras' default: within +-sqrt(6 / (fanIn + fanOut)). */
export function glorotUniform(count: number, fanIn: number, fanOut: number, random: Random): Float32Array {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return Float32Array.from({ length: count }, () => (2 * random() - 1) * limit);
}
