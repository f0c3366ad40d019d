import type { PinEdge } from '../../instruments/pins.ts';
import { PS_PER_MS, PS_PER_NS, PS_PER_SECOND, PS_PER_US, type Ps } from '../../units.ts';

export interface WaveformPin {
  readonly name: string;
  readonly edges: readonly PinEdge[];
}

export interface TimeWindow {
  readonly fromPs: Ps;
  readonly toPs: Ps;
  /** Marked, and time 0 of the axis; without it the axis shows simulated time. */
  readonly triggerPs?: Ps;
}

const UNITS = [
  [PS_PER_SECOND, 's'],
  [PS_PER_MS, 'ms'],
  [PS_PER_US, 'us'],
  [PS_PER_NS, 'ns'],
  [1, 'ps'],
] as const;
const STEPS = [1, 2, 5, 10];
const DIGITS = 6;

/** The unit in which a span is at least 1: [ps in it, name]. */
export function unitOf(spanPs: Ps): readonly [ps: number, name: string] {
  return UNITS.find(([ps]) => spanPs >= ps) ?? UNITS.at(-1)!;
}

/** "400 us", "1.25 ms": without trailing zeros. */
export function formatSpan(spanPs: Ps, [ps, name] = unitOf(Math.abs(spanPs))): string {
  return `${Number((spanPs / ps).toPrecision(DIGITS))} ${name}`;
}

/** A round step (1, 2 or 5 of some decade) that is at least `leastPs`. */
export function roundStep(leastPs: Ps): Ps {
  const decade = 10 ** Math.floor(Math.log10(leastPs));
  return STEPS.map((step) => step * decade).find((ps) => ps >= leastPs * (1 - 1e-9))!;
}

/** The level before any edge that comes later than `atPs`. */
export function levelAt(edges: readonly PinEdge[], atPs: Ps): 0 | 1 {
  const after = edges.findIndex((edge) => edge.atPs > atPs);
  if (after === 0) return edges[0].level === 1 ? 0 : 1;
  return edges.at(after === -1 ? -1 : after - 1)?.level ?? 0;
}
