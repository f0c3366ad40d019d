import { SpecError } from '../errors.ts';
import { type Hz, PS_PER_SECOND, type Ps } from '../units.ts';
import { measurePulses, type PinEdge } from './pins.ts';
import { measureRecords, type Capture, type ScopeMeasurement } from './scope-measurements.ts';
import { sampleRateHz, SCOPE_FIGURES, TIMEBASES_PS, type ScopeDepth } from './scope-model.ts';
import { sampleCrossings, type Crossing } from './scope-signal.ts';

export type { ScopeMeasurement } from './scope-measurements.ts';

/** Settings of the oscilloscope; what is absent is chosen as the instrument would. */
export interface ScopeSettings {
  /** Ps a division, one of TIMEBASES_PS; chosen as AUTOSET would where it is left out. */
  readonly timebasePs?: Ps;
  readonly slope?: 'rising' | 'falling';
  /** Volts at which the trigger fires; half of the pin's swing where it is left out. */
  readonly triggerVolts?: number;
  /** Least time from one trigger to the next. */
  readonly holdoffPs?: Ps;
  /** Samples of the record: 40960, or 4096. */
  readonly depthSamples?: ScopeDepth;
  readonly bandwidthHz?: Hz;
  /** Level of a pin that is high. */
  readonly highVolts?: number;
  /** When the sample clock ticks; its ticks are otherwise counted from time 0. */
  readonly phasePs?: Ps;
}

/** What the oscilloscope shows of a pin, and the settings that it was read at. */
export interface ScopeReading {
  readonly timebasePs: Ps;
  readonly timebase: 'set' | 'autoset';
  readonly sampleRateHz: Hz;
  /** Time from one sample to the next: the resolution of one edge, before interpolation. */
  readonly samplePs: Ps;
  readonly recordPs: Ps;
  /** 10 % to 90 % of the channel. */
  readonly risePs: Ps;
  readonly slope: 'rising' | 'falling';
  readonly triggerVolts: number;
  readonly highVolts: number;
  /** Divisions of the screen across and up. */
  readonly screen: { readonly divisions: number; readonly rows: number };
  /** One record each, the trigger in its middle. */
  readonly triggersPs: readonly number[];
  readonly measurements: readonly ScopeMeasurement[];
}

const HIGH_VOLTS = 3.3;
/** Product of bandwidth and rise time of a channel of one pole (0.35); the data sheet's 3.5 ns at 100 MHz. */
const RISE_BANDWIDTH = 0.35;

/**
 * The time base for which two periods fill the screen, or twice the longest pulse where there is one period only.
 * The instrument's own rule is not published; this one shows what it shows, some whole periods.
 */
export function chooseTimebase(edges: readonly PinEdge[]): Ps {
  const { widthsPs, lowsPs, periodsPs } = measurePulses(edges);
  const spans = periodsPs.length > 0 ? periodsPs : [...widthsPs, ...lowsPs];
  const longestPs = spans.reduce((most, ps) => Math.max(most, ps), 0);
  const halfScreen = SCOPE_FIGURES.divisions.value / 2;
  return TIMEBASES_PS.find((ps) => ps * halfScreen >= longestPs) ?? TIMEBASES_PS.at(-1)!;
}

function checkTimebase(timebasePs: Ps): Ps {
  if (TIMEBASES_PS.includes(timebasePs)) return timebasePs;
  const near = TIMEBASES_PS.find((ps) => ps >= timebasePs) ?? TIMEBASES_PS.at(-1)!;
  throw new SpecError(
    `oscilloscope: no time base of ${timebasePs / PS_PER_SECOND} s/div; the instrument has 2, 4, 8 from 2 ns to 40 s; nearest is ${near / PS_PER_SECOND}`,
  );
}

/** Triggers no closer than the holdoff. The instrument is taken to be ready again in time for each. */
function findTriggers(
  crossings: readonly Crossing[],
  slope: 'rising' | 'falling',
  holdoffPs: Ps,
): readonly number[] {
  const triggers: number[] = [];
  for (const { atPs, level } of crossings) {
    if (level !== (slope === 'rising' ? 1 : 0)) continue;
    if (triggers.length === 0 || atPs - triggers.at(-1)! >= holdoffPs) triggers.push(atPs);
  }
  return triggers;
}

/**
 * What the oscilloscope shows of one pin. Two layers: `exact` is from the edges themselves; `read` is from samples at
 * the rate of the time base, crossings of 50 % interpolated, digits of the screen. Each trigger makes one record, and
 * its reading is of the first pulse from the trigger on, if that ends within the record. Deterministic: no noise, no
 * jitter, a time base without error.
 * Throws SpecError for a time base or a record that the instrument does not have.
 */
export function readScope(edges: readonly PinEdge[], settings: ScopeSettings = {}): ScopeReading {
  const { slope = 'rising', holdoffPs = 0, depthSamples = 40960, phasePs = 0 } = settings;
  const { bandwidthHz = SCOPE_FIGURES.bandwidthHz.value, highVolts = HIGH_VOLTS } = settings;
  const { triggerVolts = highVolts / 2 } = settings;
  const timebasePs =
    settings.timebasePs === undefined ? chooseTimebase(edges) : checkTimebase(settings.timebasePs);
  const rateHz = sampleRateHz(timebasePs, depthSamples);
  const samplePs = PS_PER_SECOND / rateHz;
  const risePs = (RISE_BANDWIDTH / bandwidthHz) * PS_PER_SECOND;
  const channel = { samplePs, phasePs, risePs };
  const recordPs = depthSamples * samplePs;
  const share = triggerVolts / highVolts;
  const canTrigger = share > 0 && share <= 1;
  const triggersPs = canTrigger ? findTriggers(sampleCrossings(edges, channel, share), slope, holdoffPs) : [];
  const capture: Capture = {
    edges,
    crossings: sampleCrossings(edges, channel),
    triggersPs,
    afterPs: recordPs / 2,
    samplePs,
    lowCrossings: sampleCrossings(edges, channel, 0.1),
    highCrossings: sampleCrossings(edges, channel, 0.9),
  };
  return {
    timebasePs,
    timebase: settings.timebasePs === undefined ? 'autoset' : 'set',
    sampleRateHz: rateHz,
    samplePs,
    recordPs,
    risePs,
    slope,
    triggerVolts,
    highVolts,
    screen: { divisions: SCOPE_FIGURES.divisions.value, rows: SCOPE_FIGURES.rows.value },
    triggersPs,
    measurements: measureRecords(capture),
  };
}
