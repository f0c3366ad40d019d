import { PS_PER_SECOND, type Ps } from '../units.ts';

/** A figure of the instrument with where it is from; grades as for boards. */
export interface ScopeFigure {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
  readonly grade: 'measured' | 'documented' | 'estimated';
}

const DATA_SHEET = 'figures that the maker advertises for the model; the data sheet itself was not at hand';
const DRIVER =
  'libsigrok driver hantek-5xxxb (Stettner 2018-2021), protocol.h: its tables of the DSO5xxx family, which the DSO5102P speaks with';
const SCREEN = 'an assumption about the screen; no source was found';

/** Figures of the oscilloscope of the paper (section 3: HANTEK DSO5102P). */
export const SCOPE_FIGURES = {
  bandwidthHz: { value: 100e6, unit: 'Hz', source: DATA_SHEET, grade: 'documented' },
  riseNs: {
    value: 3.5,
    unit: 'ns, 10 % to 90 %',
    source: `${DATA_SHEET}; equals 0.35 / 100 MHz`,
    grade: 'documented',
  },
  sampleRateHz: { value: 1e9, unit: 'Sa/s, one channel', source: DATA_SHEET, grade: 'documented' },
  depthSamples: { value: 40 * 1024, unit: 'samples, one channel', source: DRIVER, grade: 'documented' },
  shortDepthSamples: { value: 4 * 1024, unit: 'samples', source: DRIVER, grade: 'documented' },
  samplesPerDivision: {
    value: 2000,
    unit: 'samples/div with the 40K record (200 with the 4K record)',
    source: `${DRIVER}: 38,400 samples on 19.2 divisions`,
    grade: 'documented',
  },
  divisions: {
    value: 16,
    unit: 'divisions across, the menu shown (19.2 without)',
    source: DRIVER,
    grade: 'documented',
  },
  rows: {
    value: 8,
    unit: 'divisions up',
    source: `${SCREEN}; the converter spans 10.2 (${DRIVER})`,
    grade: 'estimated',
  },
  stepsPerDivision: { value: 25, unit: 'codes of the converter', source: DRIVER, grade: 'documented' },
  digits: { value: 4, unit: 'digits of a reading', source: SCREEN, grade: 'estimated' },
  accuracyPpm: {
    value: 50,
    unit: 'ppm of the time base',
    source: 'as resellers quote the series; the manual was not at hand. Not applied to readings',
    grade: 'estimated',
  },
} as const satisfies Readonly<Record<string, ScopeFigure>>;

export type ScopeDepth = 4096 | 40960;

const FIRST_TIMEBASE_PS = 2e3;
const LAST_TIMEBASE_PS = 40e12;

/** Time bases in ps a division: 2, 4, 8 and so on from 2 ns to 40 s (same driver, win_timebase). */
export const TIMEBASES_PS: readonly Ps[] = Array.from({ length: 11 }, (_, decade) =>
  [1, 2, 4].map((step) => step * FIRST_TIMEBASE_PS * 10 ** decade),
)
  .flat()
  .filter((ps) => ps <= LAST_TIMEBASE_PS);

/** Rates of the sample clock near its end; below, 10, 5 and 2.5 in each decade (same driver, sample_rate). */
const FAST_RATES_HZ = [1e9, 800e6, 400e6, 200e6, 100e6, 50e6, 25e6];
const SLOW_STEPS = [10, 5, 2.5];
/** The short record reaches 1 GSa/s up to 8 ns/div and 800 MSa/s above; the long one 400 MSa/s. */
const TOP_RATES_HZ = { fastest: 1e9, short: 800e6, long: 400e6 };
const FASTEST_UP_TO_PS = 8e3;
const SAMPLES_PER_DIVISION: Readonly<Record<ScopeDepth, number>> = { 4096: 200, 40960: 2000 };

function topRateHz(timebasePs: Ps, depth: ScopeDepth): number {
  if (depth === 40960) return TOP_RATES_HZ.long;
  return timebasePs <= FASTEST_UP_TO_PS ? TOP_RATES_HZ.fastest : TOP_RATES_HZ.short;
}

/** The rate of the sample clock at a time base: the fastest that the record holds and the converter reaches. */
export function sampleRateHz(timebasePs: Ps, depth: ScopeDepth): number {
  const mostHz = Math.min(
    topRateHz(timebasePs, depth),
    (SAMPLES_PER_DIVISION[depth] * PS_PER_SECOND) / timebasePs,
  );
  const fits = (rateHz: number) => rateHz <= mostHz * (1 + 1e-9);
  const fast = FAST_RATES_HZ.find(fits);
  if (fast !== undefined) return fast;
  const decade = 10 ** Math.floor(Math.log10(mostHz * (1 + 1e-9)) - 1);
  return [...SLOW_STEPS.map((step) => step * decade * 10), ...SLOW_STEPS.map((step) => step * decade)].find(
    fits,
  )!;
}
