/** Integer picoseconds of simulated time, exact in a number up to 2.5 hours. */
export type Ps = number;
/** Cycles of a named clock; fractional until a whole span is converted. */
export type Cycles = number;
export type Hz = number;
export type Bytes = number;

export const PS_PER_SECOND = 1e12;
export const PS_PER_MS = 1e9;
export const PS_PER_US = 1e6;
export const PS_PER_NS = 1e3;

/**
 * A whole span in picoseconds, rounded once to the nearest integer. Convert spans, never single cycles:
 * one cycle at 480 MHz is 2083.33 ps, so rounding each would lose 0.016 %.
 */
export function psFromCycles(cycles: Cycles, clockHz: Hz): Ps {
  return Math.round((cycles * PS_PER_SECOND) / clockHz);
}

export function cyclesFromPs(ps: Ps, clockHz: Hz): Cycles {
  return (ps * clockHz) / PS_PER_SECOND;
}

/** Milliseconds of a span in picoseconds. */
export function msFromPs(ps: Ps): number {
  return ps / PS_PER_MS;
}

/** Whole picoseconds of a span that was told in ms; what `msFromPs` made of an instant comes back exact. */
export function psFromMs(ms: number): Ps {
  return Math.round(ms * PS_PER_MS);
}
