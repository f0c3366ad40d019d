import type { Curve } from 'inferscope/experiments';

/** A time at a number of filters. */
export interface GuessPoint {
  readonly filters: number;
  readonly ms: number;
}

/** The last number of filters that is guessed: the last that was measured. */
export const LAST_GUESSED = 10;

/** Drawn points as a line from the last known one: straight between them, and level behind the last. */
export function guessLine(known: GuessPoint, drawn: ReadonlyMap<number, number>): GuessPoint[] {
  const points = [known, ...[...drawn].map(([filters, ms]) => ({ filters, ms }))]
    .filter(({ filters }) => filters >= known.filters)
    .sort((a, b) => a.filters - b.filters);
  return Array.from({ length: LAST_GUESSED - known.filters + 1 }, (_, at) => {
    const filters = known.filters + at;
    const before = points.findLast((point) => point.filters <= filters)!;
    const after = points.find((point) => point.filters >= filters) ?? before;
    const share = after === before ? 0 : (filters - before.filters) / (after.filters - before.filters);
    return { filters, ms: before.ms + share * (after.ms - before.ms) };
  });
}

/** Where a line is farthest from a curve; undefined where they share no point. */
export function largestGap(
  line: readonly GuessPoint[],
  { points }: Curve,
): (GuessPoint & { readonly trueMs: number }) | undefined {
  return line
    .flatMap(({ filters, ms }) => {
      const trueMs = points.find((point) => point.filters === filters)?.latencyMs?.value;
      return trueMs === undefined ? [] : [{ filters, ms, trueMs }];
    })
    .sort((a, b) => Math.abs(b.ms - b.trueMs) - Math.abs(a.ms - a.trueMs))[0];
}
