/** The value, or the end of [low, high] that it lies beyond. */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** Rounds half away from zero, as C's round and C++'s std::round. */
export function roundHalfAway(value: number): number {
  return value < 0 ? -Math.floor(0.5 - value) : Math.floor(value + 0.5);
}

/** Smallest and largest of some values. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** The range that holds both. */
export function uniteRanges(a: ValueRange | undefined, b: ValueRange): ValueRange {
  return a ? { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) } : b;
}
