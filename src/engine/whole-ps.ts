import type { Ps } from '../units.ts';

/** Beyond it an instant is not exact. */
export const LAST_PS: Ps = Number.MAX_SAFE_INTEGER;

/** The number itself. Throws a RangeError that names `what` unless it is whole, from 0 to `LAST_PS`. */
export function wholePs(ps: Ps, what: string): Ps {
  if (Number.isSafeInteger(ps) && ps >= 0) return ps;
  throw new RangeError(`${what}: expected a whole number of picoseconds from 0 to 2^53, got ${ps}`);
}
