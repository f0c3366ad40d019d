import type { Ps } from '../units.ts';
import type { PinEdge } from './pins.ts';

/** A channel that takes samples: its ticks are at phasePs + k * samplePs, its edges are ramps. */
export interface Channel {
  readonly samplePs: Ps;
  readonly phasePs: Ps;
  /** From 10 % to 90 %. */
  readonly risePs: Ps;
}

/** A passage through a level, as the samples show it; not rounded to whole picoseconds. */
export interface Crossing {
  readonly atPs: number;
  readonly level: 0 | 1;
}

/** A straight ramp goes from 10 % to 90 % in 0.8 of its length. */
const RISE_SHARE = 0.8;

function rampAt(sincePs: number, rampPs: number): number {
  return rampPs === 0 ? Number(sincePs >= 0) : Math.min(1, Math.max(0, sincePs / rampPs + 0.5));
}

/**
 * Crossings of `threshold` (a share of the swing) in the samples of a pin, interpolated between the two samples
 * beside each. The channel is linear: every edge is a ramp around its time, overlapping ramps add up, so a pulse
 * much shorter than the rise never reaches the middle. What falls between two samples is not seen.
 */
export function sampleCrossings(
  edges: readonly PinEdge[],
  { samplePs, phasePs, risePs }: Channel,
  threshold = 0.5,
): Crossing[] {
  const rampPs = risePs / RISE_SHARE;
  const startLevel = edges.length > 0 && edges[0].level === 0 ? 1 : 0;
  const crossings: Crossing[] = [];
  let settled = 0;
  let settledLevel: number = startLevel;
  let tick = -Infinity;
  let last: number = startLevel;

  const valueAt = (atPs: number) => {
    while (settled < edges.length && edges[settled].atPs + rampPs / 2 <= atPs) {
      settledLevel = edges[settled++].level;
    }
    let value = settledLevel;
    for (let at = settled; at < edges.length && edges[at].atPs - rampPs / 2 < atPs; at++) {
      value += (edges[at].level === 1 ? 1 : -1) * rampAt(atPs - edges[at].atPs, rampPs);
    }
    return value;
  };
  const step = (next: number) => {
    const atPs = phasePs + next * samplePs;
    const value = valueAt(atPs);
    if (last >= threshold !== value >= threshold) {
      const share = (threshold - last) / (value - last);
      crossings.push({ atPs: atPs - (1 - share) * samplePs, level: value >= threshold ? 1 : 0 });
    }
    [tick, last] = [next, value];
  };
  for (const { atPs } of edges) {
    const first = Math.floor((atPs - rampPs / 2 - phasePs) / samplePs);
    const end = Math.ceil((atPs + rampPs / 2 - phasePs) / samplePs);
    for (let next = Math.max(first, tick + 1); next <= end; next++) step(next);
  }
  return crossings;
}
