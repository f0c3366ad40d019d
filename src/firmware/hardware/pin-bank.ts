import type { Ps } from '../../units.ts';
import type { Ledger } from './ledger.ts';
import { PulseStatistics, type PulseFigures, type PulseTally } from './pulse-statistics.ts';
import type { SessionTrace } from './session-trace.ts';

/** What moves a pin by itself: inside of a pulse with such an edge nothing else is told apart. */
export type PinMover = 'pwm' | 'vsync';

/** Edges by hardware that are kept: some seconds of a fast one. What comes behind is counted and left out. */
const MAX_HARDWARE_EDGES = 2 ** 20;

interface Part {
  readonly name: string;
  ps: Ps;
}

interface PinState {
  readonly name: string;
  level: 0 | 1;
  hardwareEdges: number;
  /** What made the last rising edge; undefined where the script did. */
  risenBy: PinMover | undefined;
  readonly pulses: PulseStatistics;
  /** The ledger's sums at the last rising edge, by their place in it. */
  readonly atRise: Ps[];
  /** Time by name inside of the pulses that ended, in order of appearance, and the same by place in the ledger. */
  readonly inside: Part[];
  readonly insideByPlace: (Part | undefined)[];
}

/** Where what is counted of a pin stood at an instant. */
export interface PinTally {
  readonly edges: number;
  readonly pulses: PulseTally;
  readonly insidePs: Ps;
}

/** What a run says of a pin: its pulses, and what they consist of. */
export interface PinUse extends PulseFigures {
  /** Time by name inside of all pulses. Its sum is the sum of their widths. */
  readonly insidePs: Readonly<Record<string, Ps>>;
}

/** The board's pins by name; only changes of level are edges. */
export class PinBank {
  readonly #trace: SessionTrace;
  readonly #nowPs: () => Ps;
  readonly #ledger: Ledger;
  readonly #pins = new Map<string, PinState>();
  /** Pulses of any pin at which the run ends. */
  lastPulse = Infinity;
  /** Called when a pin has made that many. */
  onLastPulse: (() => void) | undefined;

  constructor(trace: SessionTrace, nowPs: () => Ps, ledger: Ledger) {
    this.#trace = trace;
    this.#nowPs = nowPs;
    this.#ledger = ledger;
  }

  /** Names of the pins in use, in order of first use. */
  get names(): string[] {
    return [...this.#pins.keys()];
  }

  /** Rising edges of a pin that were followed by a falling one. */
  pulses(name: string): number {
    return this.#stateOf(name).pulses.pulses;
  }

  /** What is known of the pins in use, in the same order. */
  uses(): Record<string, PinUse> {
    const useOf = ({ pulses, inside }: PinState): PinUse => ({
      ...pulses.figures(),
      insidePs: Object.fromEntries(inside.map(({ name, ps }) => [name, ps])),
    });
    return Object.fromEntries([...this.#pins].map(([name, pin]) => [name, useOf(pin)]));
  }

  level(name: string): 0 | 1 {
    return this.#stateOf(name).level;
  }

  /** Whether the next falling edge of this pin ends the run. */
  isBeforeLast(name: string): boolean {
    return (this.#pins.get(name)?.pulses.pulses ?? 0) + 1 >= this.lastPulse;
  }

  get nowPs(): Ps {
    return this.#nowPs();
  }

  /** Pulses of a pin until the run ends. */
  pulsesLeft(name: string): number {
    return this.lastPulse - this.pulses(name);
  }

  /** Whether so many edges of this pin were made by hardware that further ones are only counted. */
  onlyCounts(name: string): boolean {
    return this.#stateOf(name).hardwareEdges >= MAX_HARDWARE_EDGES;
  }

  tally(name: string, by: PinMover): PinTally {
    const { hardwareEdges, pulses, inside } = this.#stateOf(name);
    const insidePs = inside.find((part) => part.name === by)?.ps ?? 0;
    return { edges: hardwareEdges, pulses: pulses.tally, insidePs };
  }

  /**
   * All that was counted of a pin since then comes so many times more, each time `spanPs` later; less often where its last
   * pulse comes before. Returns how many times.
   */
  repeat(
    name: string,
    by: PinMover,
    since: PinTally,
    { times, spanPs }: { times: number; spanPs: Ps },
  ): number {
    const pin = this.#stateOf(name);
    const edges = pin.hardwareEdges - since.edges;
    if (edges === 0) return times;
    const pulses = pin.pulses.pulses - since.pulses.widths.count;
    const most = Math.floor((this.lastPulse - 1 - pin.pulses.pulses) / pulses);
    const repeats = Math.max(0, Math.min(times, most));
    pin.hardwareEdges += repeats * edges;
    this.#trace.dropEdge(repeats * edges);
    pin.pulses.repeat(since.pulses, repeats, spanPs);
    const part = partOf(pin.inside, by);
    part.ps += repeats * (part.ps - since.insidePs);
    return repeats;
  }

  /**
   * `by` is for an edge that hardware makes: what the script does inside of its pulse is not its part. Hardware that nothing
   * meets meanwhile may be ahead.
   */
  set(name: string, level: 0 | 1, by?: PinMover, atPs?: Ps): void {
    const pin = this.#stateOf(name);
    if (pin.level === level) return;
    pin.level = level;
    const nowPs = atPs ?? this.#nowPs();
    if (by && ++pin.hardwareEdges > MAX_HARDWARE_EDGES) this.#trace.dropEdge();
    else this.#trace.pin(name, nowPs, level);
    if (level === 1) this.#rise(pin, nowPs, by);
    else this.#fall(pin, nowPs, by ?? pin.risenBy);
  }

  #rise(pin: PinState, nowPs: Ps, by: PinMover | undefined): void {
    const { pulses, atRise } = pin;
    pulses.rise(nowPs);
    pin.risenBy = by;
    if (by) return;
    const ledger = this.#ledger;
    for (let place = 0; place < ledger.length; place++) atRise[place] = ledger.psAt(place);
  }

  #fall(pin: PinState, nowPs: Ps, by: PinMover | undefined): void {
    const widthPs = pin.pulses.fall(nowPs);
    if (by) partOf(pin.inside, by).ps += widthPs;
    else this.#addWork(pin);
    if (pin.pulses.pulses >= this.lastPulse) this.onLastPulse?.();
  }

  #addWork({ atRise, inside, insideByPlace }: PinState): void {
    const ledger = this.#ledger;
    for (let place = 0; place < ledger.length; place++) {
      const ps = ledger.psAt(place) - (atRise[place] ?? 0);
      if (ps <= 0) continue;
      const part = (insideByPlace[place] ??= partOf(inside, ledger.nameAt(place)));
      part.ps += ps;
    }
  }

  // A pin is low until it is driven; its first record tells the instruments that it is there.
  #stateOf(name: string): PinState {
    const known = this.#pins.get(name);
    if (known) return known;
    const pin: PinState = {
      ...{ name, level: 0, hardwareEdges: 0, risenBy: undefined, pulses: new PulseStatistics() },
      ...{ atRise: [], inside: [], insideByPlace: [] },
    };
    this.#pins.set(name, pin);
    this.#trace.pin(name, this.#nowPs(), 0);
    return pin;
  }
}

function partOf(parts: Part[], name: string): Part {
  const known = parts.find((part) => part.name === name);
  if (known) return known;
  const made = { name, ps: 0 };
  parts.push(made);
  return made;
}
