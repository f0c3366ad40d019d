import type { Ps } from '../../units.ts';

/** Least, mean and most of some spans. */
export interface SpanSpread {
  readonly minPs: Ps;
  readonly meanPs: number;
  readonly maxPs: Ps;
}

/** What a pin's edges come to, exactly; null where there is no such span. */
export interface PulseFigures {
  /** Rising edges followed by a falling one. */
  readonly pulses: number;
  readonly width: SpanSpread | null;
  readonly low: SpanSpread | null;
  /** Rising edge to rising edge. */
  readonly period: SpanSpread | null;
  /** The rising edge that no falling one followed; absent while the pin is low. */
  readonly highSincePs?: Ps;
}

interface Sum {
  readonly count: number;
  readonly sumPs: Ps;
}

/** Where sums stood at an instant. */
export interface PulseTally {
  readonly widths: Sum;
  readonly lows: Sum;
  readonly periods: Sum;
}

/** Sums up spans one by one. */
class SpanSum {
  #count = 0;
  #minPs: Ps = Infinity;
  #maxPs: Ps = -Infinity;
  #sumPs: Ps = 0;

  add(ps: Ps): void {
    this.#count += 1;
    this.#sumPs += ps;
    if (ps < this.#minPs) this.#minPs = ps;
    if (ps > this.#maxPs) this.#maxPs = ps;
  }

  get count(): number {
    return this.#count;
  }

  get sum(): Sum {
    return { count: this.#count, sumPs: this.#sumPs };
  }

  /** All spans since then come so many times more. */
  repeat({ count, sumPs }: Sum, times: number): void {
    this.#count += times * (this.#count - count);
    this.#sumPs += times * (this.#sumPs - sumPs);
  }

  spread(): SpanSpread | null {
    if (this.#count === 0) return null;
    return { minPs: this.#minPs, meanPs: this.#sumPs / this.#count, maxPs: this.#maxPs };
  }
}

/** The pulses of one pin while its edges come, of which none is kept. */
export class PulseStatistics {
  readonly #widths = new SpanSum();
  readonly #lows = new SpanSum();
  readonly #periods = new SpanSum();
  /** NaN before there was one. */
  #roseAtPs: Ps = NaN;
  #fellAtPs: Ps = NaN;
  #isHigh = false;

  rise(atPs: Ps): void {
    if (!Number.isNaN(this.#fellAtPs)) this.#lows.add(atPs - this.#fellAtPs);
    if (!Number.isNaN(this.#roseAtPs)) this.#periods.add(atPs - this.#roseAtPs);
    this.#roseAtPs = atPs;
    this.#isHigh = true;
  }

  /** Behind a rising edge; returns how long the pin was high. */
  fall(atPs: Ps): Ps {
    const widthPs = atPs - this.#roseAtPs;
    this.#widths.add(widthPs);
    this.#fellAtPs = atPs;
    this.#isHigh = false;
    return widthPs;
  }

  get pulses(): number {
    return this.#widths.count;
  }

  get tally(): PulseTally {
    return { widths: this.#widths.sum, lows: this.#lows.sum, periods: this.#periods.sum };
  }

  /** All edges since then come so many times more, each time `spanPs` later. */
  repeat(since: PulseTally, times: number, spanPs: Ps): void {
    this.#widths.repeat(since.widths, times);
    this.#lows.repeat(since.lows, times);
    this.#periods.repeat(since.periods, times);
    this.#roseAtPs += times * spanPs;
    this.#fellAtPs += times * spanPs;
  }

  figures(): PulseFigures {
    return {
      pulses: this.pulses,
      width: this.#widths.spread(),
      low: this.#lows.spread(),
      period: this.#periods.spread(),
      ...(this.#isHigh && { highSincePs: this.#roseAtPs }),
    };
  }
}
