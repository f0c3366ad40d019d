import type { Interval } from '../simulate/prediction.ts';

const FEWEST_DIGITS = 2;
const MOST_DECIMALS = 4;

/** An interval's numbers in the decimals that its doubt leaves, in the unit of the interval. */
export interface SureTexts {
  readonly value: string;
  readonly low: string;
  readonly high: string;
}

/**
 * The decimals of half of the interval's width decide: 0.571 between 0.515 and 0.627 is "0.57", "0.52" to "0.63". At least
 * two digits of the value stand.
 */
export function formatSure({ value, low, high }: Pick<Interval, 'value' | 'low' | 'high'>): SureTexts {
  const half = (high - low) / 2;
  const byDoubt = half > 0 ? Math.ceil(-Math.log10(half)) : MOST_DECIMALS;
  const byValue = value > 0 ? FEWEST_DIGITS - 1 - Math.floor(Math.log10(value)) : 0;
  const decimals = Math.min(MOST_DECIMALS, Math.max(0, byDoubt, byValue));
  const text = (number: number) => number.toFixed(decimals);
  return { value: text(value), low: text(low), high: text(high) };
}
