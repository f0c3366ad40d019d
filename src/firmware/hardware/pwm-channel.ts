import { PS_PER_SECOND, type Ps } from '../../units.ts';
import type { Clockwork } from './clockworks.ts';
import type { PinBank } from './pin-bank.ts';

/** A square wave in steps of the channel's clock. */
export interface PwmWave {
  readonly clockHz: number;
  readonly periodSteps: number;
  /** 0 is low for ever, `periodSteps` high for ever. */
  readonly highSteps: number;
  /** Whether a period begins with its high part. */
  readonly startsHigh: boolean;
}

/** Periods after which edges lie on whole picoseconds again: no more than this for the clocks of any board. */
const MOST_CYCLE_PERIODS = 64;
/** Fewer cycles at once are not worth it. */
const LEAST_CYCLES = 16;

const isConstant = ({ highSteps, periodSteps }: PwmWave) => highSteps === 0 || highSteps === periodSteps;

/** Periods after which all comes again, and how long they take; undefined for slow waves, which are cheap. */
function cycleOf({ periodSteps, clockHz }: PwmWave): { periods: number; spanPs: Ps } | undefined {
  for (let periods = 1; periods <= MOST_CYCLE_PERIODS; periods++) {
    const scaledPs = periods * periodSteps * PS_PER_SECOND;
    if (scaledPs > Number.MAX_SAFE_INTEGER) return undefined;
    if (Number.isInteger(scaledPs / clockHz)) return { periods, spanPs: scaledPs / clockHz };
  }
  return undefined;
}

/** A PWM channel: it moves its pin by itself, whatever the cores do. */
export class PwmChannel implements Clockwork {
  readonly interrupts = false;
  readonly #pins: PinBank;
  #pin: string | undefined;
  #wave: PwmWave | undefined;
  /** What was set while a period ran: the registers are taken over at its end. */
  #nextWave: PwmWave | undefined;
  #startPs: Ps = 0;
  #periods = 0;
  #isInSecondPart = false;

  constructor(pins: PinBank) {
    this.#pins = pins;
  }

  get isRunning(): boolean {
    return this.#wave !== undefined;
  }

  get nextPs(): Ps {
    const wave = this.#wave;
    if (!wave) return Infinity;
    const first = wave.startsHigh ? wave.highSteps : wave.periodSteps - wave.highSteps;
    const steps = this.#periods * wave.periodSteps + (this.#isInSecondPart ? wave.periodSteps : first);
    return this.#startPs + Math.round((steps * PS_PER_SECOND) / wave.clockHz);
  }

  /** Begins a period now, on the pin of this name. */
  start(nowPs: Ps, pin: string, wave: PwmWave): void {
    this.#pin = pin;
    this.#begin(nowPs, wave);
  }

  /** Another wave from the end of this period on. Ignored while the channel stands still. */
  change(wave: PwmWave): void {
    if (this.#wave) this.#nextWave = wave;
  }

  /** The pin falls, as the toggle of a timer that is off. */
  stop(): void {
    if (this.#wave) this.#pins.set(this.#pin!, 0, 'pwm');
    this.#wave = this.#nextWave = undefined;
  }

  happen(freeUntilPs?: () => Ps): void {
    this.#step();
    const wave = this.#wave!;
    const isSkipped = isConstant(wave) || this.#pins.onlyCounts(this.#pin!);
    if (freeUntilPs && isSkipped && !this.#nextWave) this.#runUntil(freeUntilPs());
  }

  /** Two cycles edge by edge, the second of which is like all that follow, and those at once. */
  #runUntil(endPs: Ps): void {
    const cycle = cycleOf(this.#wave!);
    const fromPs = this.nextPs;
    const cycles = cycle ? Math.floor((endPs - fromPs) / cycle.spanPs) : 0;
    if (!cycle || cycles < LEAST_CYCLES || fromPs < this.#pins.nowPs) return;
    // The last pulse ends the run at its own instant.
    if (this.#pins.pulsesLeft(this.#pin!) <= 2 * cycle.periods) return;
    this.#runPeriods(cycle.periods);
    const since = this.#pins.tally(this.#pin!, 'pwm');
    this.#runPeriods(cycle.periods);
    const rest = { times: cycles - 2, spanPs: cycle.spanPs };
    this.#periods += cycle.periods * this.#pins.repeat(this.#pin!, 'pwm', since, rest);
  }

  #runPeriods(periods: number): void {
    for (let left = 2 * periods; left > 0; left--) this.#step(this.nextPs);
  }

  /** Its next edge, now or ahead at that instant. */
  #step(aheadPs?: Ps): void {
    const atPs = this.nextPs;
    if (!this.#isInSecondPart) {
      this.#isInSecondPart = true;
      this.#show(aheadPs);
    } else if (this.#nextWave) {
      this.#begin(atPs, this.#nextWave);
    } else {
      this.#periods += 1;
      this.#isInSecondPart = false;
      this.#show(aheadPs);
    }
  }

  #begin(atPs: Ps, wave: PwmWave): void {
    this.#wave = wave;
    this.#nextWave = undefined;
    this.#startPs = atPs;
    this.#periods = 0;
    this.#isInSecondPart = false;
    this.#show();
  }

  #show(atPs?: Ps): void {
    const { highSteps, startsHigh } = this.#wave!;
    const isHigh = isConstant(this.#wave!) ? highSteps > 0 : this.#isInSecondPart !== startsHigh;
    this.#pins.set(this.#pin!, isHigh ? 1 : 0, 'pwm', atPs);
  }
}
