/**
 * Whole numbers in [0, 2^32), the same for the same seed on every machine: mulberry32 (Tommy Ettinger, public domain).
 * Good enough to shuffle, to draw test models and first weights; not for statistics.
 */
export function seededWords(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** `seededWords` without their last two bits: integers in [0, 2^30), which V8 keeps without allocating. */
export function seededIntegers(seed: number): () => number {
  const draw = seededWords(seed);
  return () => draw() >>> 2;
}
