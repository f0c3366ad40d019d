import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SpecError } from '../errors.ts';
import { chooseTimebase, readScope, type ScopeSettings } from './oscilloscope.ts';
import { measurePulses, pinEdges, type PinEdge } from './pins.ts';
import { showDigits, type ScopeMeasurement } from './scope-measurements.ts';
import { sampleRateHz, TIMEBASES_PS } from './scope-model.ts';

const NS = 1e3;
const US = 1e6;
const MS = 1e9;

/** Pulses of one width and period; the first rises at `startPs`. */
function pulseTrain(count: number, widthPs: number, periodPs: number, startPs = periodPs): PinEdge[] {
  return Array.from({ length: count }, (_, at) => [
    { atPs: startPs + at * periodPs, level: 1 as const },
    { atPs: startPs + at * periodPs + widthPs, level: 0 as const },
  ]).flat();
}

function measure(edges: readonly PinEdge[], name: ScopeMeasurement['name'], settings?: ScopeSettings) {
  return readScope(edges, settings).measurements.find((line) => line.name === name)!;
}

describe('the edges of a pin', () => {
  const pin = (atPs: number, value: number) => ({ kind: 'pin' as const, track: 'A', name: '', atPs, value });

  test('levels that repeat are no edges, and other pins do not count', () => {
    const records = [pin(0, 0), pin(5, 1), pin(7, 1), { ...pin(8, 0), track: 'B' }, pin(9, 0), pin(12, 0)];
    expect(pinEdges(records, 'A')).toEqual([
      { atPs: 5, level: 1 },
      { atPs: 9, level: 0 },
    ]);
  });

  test('a pin that is high at time 0 began high', () => {
    expect(pinEdges([pin(0, 1), pin(4, 0), pin(6, 1)], 'A').map(({ atPs }) => atPs)).toEqual([4, 6]);
  });

  test('widths need both ends; periods go from rise to rise', () => {
    const edges = [...pulseTrain(2, 3, 10), { atPs: 30, level: 1 as const }];
    expect(measurePulses(edges)).toEqual({ widthsPs: [3, 3], lowsPs: [7, 7], periodsPs: [10, 10] });
  });
});

describe('the sample clock', () => {
  // Rows of the tables in libsigrok's driver hantek-5xxxb (protocol.h, sample_rate): one channel, 40K and 4K.
  test.each([
    [2 * NS, 400e6, 1e9],
    [8 * NS, 400e6, 1e9],
    [20 * NS, 400e6, 800e6],
    [200 * NS, 400e6, 800e6],
    [400 * NS, 400e6, 400e6],
    [800 * NS, 400e6, 200e6],
    [2 * US, 400e6, 100e6],
    [4 * US, 400e6, 50e6],
    [8 * US, 200e6, 25e6],
    [20 * US, 100e6, 10e6],
    [80 * US, 25e6, 2.5e6],
    [200 * US, 10e6, 1e6],
    [400 * US, 5e6, 500e3],
    [800 * US, 2.5e6, 250e3],
    [8 * MS, 250e3, 25e3],
    [40e3 * MS, 50, 5],
  ])('at %d ps/div runs at %d Sa/s with the long record and at %d with the short one', (ps, long, short) => {
    expect(sampleRateHz(ps, 40960)).toBeCloseTo(long, 6);
    expect(sampleRateHz(ps, 4096)).toBeCloseTo(short, 6);
  });

  test('time bases go 2, 4, 8 from 2 ns to 40 s', () => {
    expect(TIMEBASES_PS.slice(0, 4)).toEqual([2 * NS, 4 * NS, 8 * NS, 20 * NS]);
    expect(TIMEBASES_PS.at(-1)).toBe(40e12);
    expect(TIMEBASES_PS).toHaveLength(32);
  });
});

describe('AUTOSET shows two periods on 16 divisions', () => {
  test.each([
    [2.285 * MS, 400 * US],
    [1.6 * MS, 200 * US],
    [1.601 * MS, 400 * US],
    [40 * MS, 8 * MS],
    [10, 2 * NS],
  ])('a period of %d ps at %d ps/div', (periodPs, timebasePs) => {
    expect(chooseTimebase(pulseTrain(3, periodPs / 2, periodPs))).toBe(timebasePs);
  });

  test('a single pulse counts by its width', () => {
    expect(chooseTimebase(pulseTrain(1, 39 * MS, 50 * MS))).toBe(8 * MS);
  });
});

describe('a reading', () => {
  test('interpolates between two samples on the edge, and then is exact', () => {
    // 400 MSa/s: samples at 10.0 and 12.5 ns lie on the 4.375 ns ramp around 11 ns, at 0.271 and 0.843 of it.
    const edges = pulseTrain(3, 101 * NS, 5 * US, 11 * NS);
    const width = measure(edges, '+Width', { timebasePs: 2 * US });
    expect(width.read!.min * MS).toBeCloseTo(101 * NS, 3);
    expect(measure(edges, 'RiseTime', { timebasePs: 2 * NS, depthSamples: 4096 }).read!.mean).toBeCloseTo(
      3.5,
      3,
    );
  });

  test('is to the sample where the edge is steeper than that', () => {
    // 5 MSa/s: samples every 200 ns, the edges at 1000.05 and 2250.13 us lie between 1000.0 and 1000.2, 2250.0 and .2.
    const edges = pulseTrain(2, 1250.08 * US, 2300 * US, 1000.05 * US);
    const width = measure(edges, '+Width', { timebasePs: 400 * US });
    expect(width.exact).toMatchObject({ min: 1.25008, count: 2 });
    expect(width.read!.min).toBeCloseTo(1.25, 9);
    expect(width.shown.current).toBe('1.250ms');
    expect(measure(edges, 'RiseTime', { timebasePs: 400 * US }).shown.mean).toBe('160.0ns');
  });

  test('lies within one sample of the edges, for any pulses longer than that', () => {
    const spans = fc.array(fc.integer({ min: 4 * MS, max: 90 * MS }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(spans, fc.constantFrom(20 * MS, 40 * MS, 80 * MS), (lengthsPs, timebasePs) => {
        let atPs = 0;
        const edges = lengthsPs.map((ps, at) => ({ atPs: (atPs += ps), level: (1 - (at % 2)) as 0 | 1 }));
        const { samplePs, measurements } = readScope(edges, { timebasePs });
        for (const { name, exact, read } of measurements.slice(0, 3)) {
          expect({ name, count: read?.count }).toEqual({ name, count: exact?.count });
          if (!exact) continue;
          expect(Math.abs(read!.mean - exact.mean) * MS).toBeLessThanOrEqual(samplePs * 1.001);
          expect(Math.abs(read!.max - exact.max) * MS).toBeLessThanOrEqual(samplePs * 1.001);
        }
      }),
    );
  });

  test('misses a pulse that the channel is too slow for', () => {
    const glitches = pulseTrain(5, 1 * NS, 100 * NS);
    expect(measure(glitches, '+Width', { timebasePs: 8 * NS, depthSamples: 4096 })).toMatchObject({
      exact: { count: 5 },
      read: null,
      shown: { mean: '****' },
    });
  });

  test('needs the whole pulse within the half of the record behind the trigger', () => {
    const edges = pulseTrain(2, 39 * MS, 45 * MS);
    const width = (timebasePs: number) => measure(edges, '+Width', { timebasePs }).read?.count;
    expect([width(2 * MS), width(4 * MS)]).toEqual([undefined, 2]);
  });

  test('of duty and frequency is of whole periods', () => {
    const edges = pulseTrain(4, 0.25 * MS, 1 * MS);
    expect(measure(edges, '+Duty').exact).toEqual({ current: 25, mean: 25, min: 25, max: 25, count: 3 });
    expect(measure(edges, 'Frequency').shown.mean).toBe('1.000KHz');
  });
});

describe('the trigger', () => {
  const edges = pulseTrain(10, 0.3 * MS, 1 * MS);

  test('waits for the holdoff', () => {
    expect(readScope(edges, { holdoffPs: 2.5 * MS }).triggersPs).toHaveLength(4);
  });

  test('on the falling slope reads the low phase first, and still the next pulse', () => {
    const reading = readScope(edges, { slope: 'falling' });
    expect(reading.triggersPs).toHaveLength(10);
    expect(reading.measurements[1].read).toMatchObject({ count: 9 });
    expect(reading.measurements[0].read!.mean).toBeCloseTo(0.3, 4);
  });

  test.each([5, 0, -1])('at %d V never fires on a pin of 3.3 V', (triggerVolts) => {
    expect(readScope(edges, { triggerVolts }).triggersPs).toEqual([]);
  });

  test('never fires where nothing happens', () => {
    const { triggersPs, measurements } = readScope([]);
    expect(triggersPs).toEqual([]);
    expect(measurements.every(({ exact, read }) => exact === null && read === null)).toBe(true);
  });
});

test('a time base that the instrument does not have is told with the nearest', () => {
  expect(() => readScope([], { timebasePs: 5 * MS })).toThrow(SpecError);
  expect(() => readScope([], { timebasePs: 5 * MS })).toThrow(/nearest is 0\.008$/);
});

test.each([
  [1.2510037, 'ms', '1.251ms'],
  [0.0391, 'ms', '39.10us'],
  [0.99996, 'ms', '1.000ms'],
  [40.123, 'ms', '40.12ms'],
  [2500, 'ms', '2.500s'],
  [437.634, 'Hz', '437.6Hz'],
  [999.96, 'Hz', '1.000KHz'],
  [3.5, 'ns', '3.500ns'],
  [54.7486, '%', '54.75%'],
  [100, '%', '100.0%'],
] as const)('%d %s is shown as %s', (value, unit, text) => {
  expect(showDigits(value, unit)).toBe(text);
});
