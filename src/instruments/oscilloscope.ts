import type { Hz, Ps } from '../units.ts';
import type { PinEdge, Statistics } from './pins.ts';
import type { ScopeDepth } from './scope-model.ts';

export interface ScopeSettings {
  /** Ps a division, one of TIMEBASES_PS; chosen as AUTOSET would where it is left out. */
  readonly timebasePs?: Ps;
  readonly slope?: 'rising' | 'falling';
  /** Volts at which the trigger fires; half of the pin's swing where it is left out. */
  readonly triggerVolts?: number;
  /** Least time from one trigger to the next. */
  readonly holdoffPs?: Ps;
  readonly depthSamples?: ScopeDepth;
  readonly bandwidthHz?: Hz;
  /** Level of a pin that is high. */
  readonly highVolts?: number;
  /** When the sample clock ticks first; its ticks are otherwise counted from time 0. */
  readonly phasePs?: Ps;
}

/** One line of the measurement table. */
export interface ScopeMeasurement {
  readonly name: '+Width' | '-Width' | 'Period' | 'Frequency' | '+Duty' | 'RiseTime';
  readonly unit: 'ms' | 'Hz' | '%' | 'ns';
  /** From the edges themselves, which no instrument sees. */
  readonly exact: Statistics | null;
  /** From samples, interpolated where they cross 50 %. */
  readonly read: Statistics | null;
  /** `read` in the digits of the screen, with its unit: "1.251ms"; "****" where there is none. */
  readonly shown: {
    readonly current: string;
    readonly mean: string;
    readonly min: string;
    readonly max: string;
  };
}

export interface ScopeReading {
  readonly timebasePs: Ps;
  readonly sampleRateHz: Hz;
  readonly samplePs: Ps;
  readonly recordPs: Ps;
  readonly risePs: Ps;
  readonly triggersPs: readonly Ps[];
  readonly measurements: readonly ScopeMeasurement[];
}

export type ReadPin = (edges: readonly PinEdge[], settings?: ScopeSettings) => ScopeReading;
