/** The range of some values, and whether it is drawn on a logarithmic scale. */
export interface Extent {
  readonly least: number;
  readonly most: number;
  readonly isLog: boolean;
}

const MIN_TICK_SHARE = 0.1;
const SMALLEST_DECADE = -12;
const DECADES = 40;
const WIDE = 300;

/** Logarithmic where all values are above 0 and the greatest is at least `ratio` times the least. Infinities are left out. */
export function extentOf(values: ArrayLike<number>, ratio: number): Extent {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return { least: 1, most: 1, isLog: false };
  return { least, most, isLog: least > 0 && most >= ratio * least };
}

/** Where a value lies between the ends: 0 to 1. */
export function shareOf(value: number, { least, most, isLog }: Extent): number {
  if (least === most) return 0;
  return isLog ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
}

export function valueAt(share: number, { least, most, isLog }: Extent): number {
  return isLog ? least * (most / least) ** share : least + (most - least) * share;
}

/** Multiples of 1, 2 or 5 times a power of ten between the ends, four to nine of them. */
function linearTicks({ least, most }: Extent): number[] {
  const rough = (most - least) / 6;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * decade >= rough)! * decade;
  const first = Math.ceil(least / step - 1e-9);
  const count = Math.floor(most / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}

/** Round values that keep their distance; on a logarithmic scale both ends as well. */
export function roundTicks(extent: Extent): number[] {
  const { least, most, isLog } = extent;
  if (least === most) return [least];
  if (!isLog) return linearTicks(extent);
  const factors = most / least > WIDE ? [1] : [1, 2, 5];
  const ticks = [least];
  for (let decade = 0; decade < DECADES; decade++) {
    for (const factor of factors) {
      const value = factor * 10 ** (decade + SMALLEST_DECADE);
      const share = shareOf(value, extent);
      if (share > shareOf(ticks.at(-1)!, extent) + MIN_TICK_SHARE && share < 1 - MIN_TICK_SHARE)
        ticks.push(value);
    }
  }
  return [...ticks, most];
}
