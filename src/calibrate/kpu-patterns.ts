import { FormatError } from '../errors.ts';

const SEED = 12345;

/** Inputs of the golden files by name: byte i of planar maps, i from 0. */
const PATTERNS: Readonly<Record<string, (count: number) => Uint8Array>> = {
  ramp: (count) => Uint8Array.from({ length: count }, (_, i) => (7 * i + 3) % 256),
  square: (count) => Uint8Array.from({ length: count }, (_, i) => (31 * i * i + 17 * i + 5) % 256),
  xorshift: (count) => {
    let state = SEED;
    return Uint8Array.from({ length: count }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 0xff;
    });
  },
};

/** The named pattern. Throws a FormatError for a name that there is not. */
export function patternOf(name: string, count: number): Uint8Array {
  const pattern = Object.hasOwn(PATTERNS, name) ? PATTERNS[name] : undefined;
  if (pattern) return pattern(count);
  throw new FormatError(`golden file: unknown input "${name}", expected ${Object.keys(PATTERNS).join(', ')}`);
}
