import type { Ps } from '../../units.ts';
import type { Ledger } from './ledger.ts';
import type { SessionTrace } from './session-trace.ts';

/** Inside of a pulse that the hardware makes by itself nothing else is told apart. */
const BY_HARDWARE = 'pwm';

/** Edges of a PWM channel that are kept: some seconds of a fast one. What comes behind is counted and left out. */
const MAX_HARDWARE_EDGES = 2 ** 20;

export interface PinState {
  level: 0 | 1;
  hardwareEdges: number;
  riseAtPs: Ps;
  /** Rising edges followed by a falling one. */
  pulses: number;
  /** The ledger at the last rising edge. */
  atRise: ReadonlyMap<string, Ps>;
  /** Time by name inside of the pulses that ended. */
  readonly inside: Map<string, Ps>;
}

/** The board's pins by name; only changes of level are edges. */
export class PinBank {
  readonly #trace: SessionTrace;
  readonly #nowPs: () => Ps;
  readonly #ledger: Ledger;
  readonly #pins = new Map<string, PinState>();
  /** Called behind each falling edge with the pulses that its pin has made. */
  onPulse: ((name: string, pulses: number) => void) | undefined;

  constructor(trace: SessionTrace, nowPs: () => Ps, ledger: Ledger) {
    this.#trace = trace;
    this.#nowPs = nowPs;
    this.#ledger = ledger;
  }

  /** Names of the pins in use, in order of first use. */
  get names(): string[] {
    return [...this.#pins.keys()];
  }

  /** What the pulses of a pin consist of: time by name inside of all of them. Its sum is the sum of their widths. */
  insidePulses(name: string): ReadonlyMap<string, Ps> {
    return this.#stateOf(name).inside;
  }

  level(name: string): 0 | 1 {
    return this.#stateOf(name).level;
  }

  /** Rising edges of a pin that were followed by a falling one. */
  pulses(name: string): number {
    return this.#stateOf(name).pulses;
  }

  /** `isByHardware` is for a pin that a PWM channel moves: what the script does inside of its pulses is not its part. */
  set(name: string, level: 0 | 1, isByHardware = false): void {
    const pin = this.#stateOf(name);
    if (pin.level === level) return;
    pin.level = level;
    if (isByHardware && ++pin.hardwareEdges > MAX_HARDWARE_EDGES) return this.#trace.dropEdge();
    this.#trace.pin(name, this.#nowPs(), level);
    if (level === 1) {
      pin.riseAtPs = this.#nowPs();
      if (!isByHardware) pin.atRise = this.#ledger.snapshot();
      return;
    }
    pin.pulses += 1;
    if (isByHardware) this.#addInside(pin, BY_HARDWARE, this.#nowPs() - pin.riseAtPs);
    else this.#addWork(pin);
    this.onPulse?.(name, pin.pulses);
  }

  #addWork(pin: PinState): void {
    for (const [spent, ps] of this.#ledger.snapshot()) {
      const insidePs = ps - (pin.atRise.get(spent) ?? 0);
      if (insidePs > 0) this.#addInside(pin, spent, insidePs);
    }
  }

  #addInside({ inside }: PinState, name: string, ps: Ps): void {
    inside.set(name, (inside.get(name) ?? 0) + ps);
  }

  // A pin is low until it is driven; its first record tells the instruments that it is there.
  #stateOf(name: string): PinState {
    const known = this.#pins.get(name);
    if (known) return known;
    const pin: PinState = {
      level: 0,
      hardwareEdges: 0,
      riseAtPs: 0,
      pulses: 0,
      atRise: new Map(),
      inside: new Map(),
    };
    this.#pins.set(name, pin);
    this.#trace.pin(name, this.#nowPs(), 0);
    return pin;
  }
}
