import { PS_PER_NS, PS_PER_SECOND, type Ps, msFromPs } from '../units.ts';
import { measurePulses, statisticsOf, type PinEdge, type Statistics } from './pins.ts';
import { SCOPE_FIGURES } from './scope-model.ts';
import type { Crossing } from './scope-signal.ts';

/** One line of the measurement table. */
export interface ScopeMeasurement {
  readonly name: '+Width' | '-Width' | 'Period' | 'Frequency' | '+Duty' | 'RiseTime';
  readonly unit: 'ms' | 'Hz' | '%' | 'ns';
  /** From the edges themselves, which no instrument sees; null where the edges hold no such thing. */
  readonly exact: Statistics | null;
  /** From samples, one value a record; null where no record holds a whole one. */
  readonly read: Statistics | null;
  /** `read` in the digits of the screen: "1.251ms"; "****" where there is none. */
  readonly shown: Readonly<Record<'current' | 'mean' | 'min' | 'max', string>>;
}

/** What the records hold. */
export interface Capture {
  readonly edges: readonly PinEdge[];
  readonly crossings: readonly Crossing[];
  readonly triggersPs: readonly number[];
  /** Part of the record behind the trigger. */
  readonly afterPs: Ps;
  readonly samplePs: Ps;
  /** Of 10 % and of 90 %; the others are of 50 %. */
  readonly lowCrossings: readonly Crossing[];
  readonly highCrossings: readonly Crossing[];
}

interface Spans {
  readonly widthsPs: readonly number[];
  readonly lowsPs: readonly number[];
  readonly periodsPs: readonly number[];
  readonly duties: readonly number[];
}

const NOTHING = '****';

/** Prefixes of the screen: "1.251ms", "39.07us", "799.4Hz", "1.234KHz". */
const SCALES = {
  s: [
    [1, 's'],
    [1e-3, 'ms'],
    [1e-6, 'us'],
    [1e-9, 'ns'],
  ],
  Hz: [
    [1e6, 'MHz'],
    [1e3, 'KHz'],
    [1, 'Hz'],
    [1e-3, 'mHz'],
  ],
  '%': [[1, '%']],
} as const;

const TO_SCREEN = {
  ms: { factor: 1e-3, scale: 's' },
  ns: { factor: 1e-9, scale: 's' },
  Hz: { factor: 1, scale: 'Hz' },
  '%': { factor: 1, scale: '%' },
} as const;

/** A value in the digits of the screen, four of them, rounded. */
export function showDigits(value: number, unit: ScopeMeasurement['unit']): string {
  const { factor, scale } = TO_SCREEN[unit];
  const digits = SCOPE_FIGURES.digits.value;
  const rounded = Number((value * factor).toPrecision(digits));
  const scales: readonly (readonly [number, string])[] = SCALES[scale];
  const [least, name] = scales.find(([from]) => Math.abs(rounded) >= from * (1 - 1e-9)) ?? scales.at(-1)!;
  const text = rounded / least;
  const decimals = digits - 1 - Math.max(0, Math.floor(Math.log10(Math.abs(text) || 1) + 1e-12));
  return `${text.toFixed(Math.max(0, decimals))}${name}`;
}

function show(read: Statistics | null, unit: ScopeMeasurement['unit']): ScopeMeasurement['shown'] {
  const cell = (key: 'current' | 'mean' | 'min' | 'max') =>
    read === null ? NOTHING : showDigits(read[key], unit);
  return { current: cell('current'), mean: cell('mean'), min: cell('min'), max: cell('max') };
}

/** Spans of the first pulse from each trigger on, as far as they end within its record. */
function spansOfRecords({ crossings, triggersPs, afterPs, samplePs }: Capture): Spans {
  const widthsPs: number[] = [];
  const lowsPs: number[] = [];
  const periodsPs: number[] = [];
  const duties: number[] = [];
  let next = 0;
  for (const triggerPs of triggersPs) {
    // With another trigger level than 50 %, the crossing of 50 % lies up to a sample beside the trigger.
    while (next < crossings.length && crossings[next].atPs < triggerPs - samplePs) next++;
    const seen = crossings.slice(next, next + 4).filter(({ atPs }) => atPs <= triggerPs + afterPs);
    const gaps = seen.slice(1).map(({ atPs, level }, at) => ({ level, ps: atPs - seen[at].atPs }));
    const width = gaps.find(({ level }) => level === 0)?.ps;
    const low = gaps.find(({ level }) => level === 1)?.ps;
    const period = seen.length >= 3 ? seen[2].atPs - seen[0].atPs : undefined;
    if (width !== undefined) widthsPs.push(width);
    if (low !== undefined) lowsPs.push(low);
    if (period !== undefined) periodsPs.push(period);
    if (period !== undefined && width !== undefined) duties.push((100 * width) / period);
  }
  return { widthsPs, lowsPs, periodsPs, duties };
}

function spansOfEdges(edges: readonly PinEdge[]): Spans {
  const pulses = measurePulses(edges);
  const firstRise = edges.findIndex(({ level }) => level === 1);
  const duties = pulses.periodsPs.map((periodPs, at) => {
    const rise = firstRise + 2 * at;
    return (100 * (edges[rise + 1].atPs - edges[rise].atPs)) / periodPs;
  });
  return { ...pulses, duties };
}

/** 10 % to 90 % of the first rise from each trigger on; between samples it is interpolated like all else. */
function riseTimes({ triggersPs, samplePs, afterPs, lowCrossings, highCrossings }: Capture): number[] {
  const starts = lowCrossings.filter(({ level }) => level === 1);
  const ends = highCrossings.filter(({ level }) => level === 1);
  const times: number[] = [];
  let [start, end] = [0, 0];
  for (const triggerPs of triggersPs) {
    while (end < ends.length && ends[end].atPs < triggerPs - samplePs) end++;
    if (end === ends.length || ends[end].atPs > triggerPs + afterPs) continue;
    while (start + 1 < starts.length && starts[start + 1].atPs <= ends[end].atPs) start++;
    times.push((ends[end].atPs - starts[start].atPs) / PS_PER_NS);
  }
  return times;
}

/** The measurements of all records, in the order of the table. */
export function measureRecords(capture: Capture): ScopeMeasurement[] {
  const exact = spansOfEdges(capture.edges);
  const read = spansOfRecords(capture);
  const line = (
    name: ScopeMeasurement['name'],
    unit: ScopeMeasurement['unit'],
    values: (spans: Spans) => readonly number[],
  ): ScopeMeasurement => {
    const seen = statisticsOf(values(read));
    return { name, unit, exact: statisticsOf(values(exact)), read: seen, shown: show(seen, unit) };
  };
  const inMs = (spansPs: readonly number[]) => spansPs.map(msFromPs);
  const rises = statisticsOf(riseTimes(capture));
  return [
    line('+Width', 'ms', ({ widthsPs }) => inMs(widthsPs)),
    line('-Width', 'ms', ({ lowsPs }) => inMs(lowsPs)),
    line('Period', 'ms', ({ periodsPs }) => inMs(periodsPs)),
    line('Frequency', 'Hz', ({ periodsPs }) => periodsPs.map((ps) => PS_PER_SECOND / ps)),
    line('+Duty', '%', ({ duties }) => duties),
    { name: 'RiseTime', unit: 'ns', exact: null, read: rises, shown: show(rises, 'ns') },
  ];
}
