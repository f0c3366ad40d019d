import type { Ps } from '../../units.ts';
import type { Ledger } from './ledger.ts';
import { PulseStatistics, type PulseFigures } from './pulse-statistics.ts';
import type { SessionTrace } from './session-trace.ts';

/** Inside of a pulse that the hardware makes by itself nothing else is told apart. */
const BY_HARDWARE = 'pwm';

/** Edges of a PWM channel that are kept: some seconds of a fast one. What comes behind is counted and left out. */
const MAX_HARDWARE_EDGES = 2 ** 20;

interface Part {
  readonly name: string;
  ps: Ps;
}

interface PinState {
  readonly name: string;
  level: 0 | 1;
  hardwareEdges: number;
  readonly pulses: PulseStatistics;
  /** The ledger's sums at the last rising edge, by their place in it. */
  readonly atRise: Ps[];
  /** Time by name inside of the pulses that ended, in order of appearance, and the same by place in the ledger. */
  readonly inside: Part[];
  readonly insideByPlace: (Part | undefined)[];
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

  /** `isByHardware` is for a pin that a PWM channel moves: what the script does inside of its pulses is not its part. */
  set(name: string, level: 0 | 1, isByHardware = false): void {
    const pin = this.#stateOf(name);
    if (pin.level === level) return;
    pin.level = level;
    const nowPs = this.#nowPs();
    if (isByHardware && ++pin.hardwareEdges > MAX_HARDWARE_EDGES) this.#trace.dropEdge();
    else this.#trace.pin(name, nowPs, level);
    if (level === 1) this.#rise(pin, nowPs, isByHardware);
    else this.#fall(pin, nowPs, isByHardware);
  }

  #rise({ pulses, atRise }: PinState, nowPs: Ps, isByHardware: boolean): void {
    pulses.rise(nowPs);
    if (isByHardware) return;
    const ledger = this.#ledger;
    for (let place = 0; place < ledger.length; place++) atRise[place] = ledger.psAt(place);
  }

  #fall(pin: PinState, nowPs: Ps, isByHardware: boolean): void {
    const widthPs = pin.pulses.fall(nowPs);
    if (isByHardware) this.#addHardware(pin, widthPs);
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

  #addHardware({ inside }: PinState, ps: Ps): void {
    partOf(inside, BY_HARDWARE).ps += ps;
  }

  // A pin is low until it is driven; its first record tells the instruments that it is there.
  #stateOf(name: string): PinState {
    const known = this.#pins.get(name);
    if (known) return known;
    const pin: PinState = {
      ...{ name, level: 0, hardwareEdges: 0, pulses: new PulseStatistics() },
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
