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

  happen(): void {
    const atPs = this.nextPs;
    if (!this.#isInSecondPart) {
      this.#isInSecondPart = true;
      this.#show();
    } else if (this.#nextWave) {
      this.#begin(atPs, this.#nextWave);
    } else {
      this.#periods += 1;
      this.#isInSecondPart = false;
      this.#show();
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

  #show(): void {
    const { highSteps, periodSteps, startsHigh } = this.#wave!;
    const isConstant = highSteps === 0 || highSteps === periodSteps;
    const isHigh = isConstant ? highSteps > 0 : this.#isInSecondPart !== startsHigh;
    this.#pins.set(this.#pin!, isHigh ? 1 : 0, 'pwm');
  }
}
