import { expect, test } from 'vitest';
import { ClockDomain } from './clock-domain.ts';
import type { ProcessBody } from './waiting.ts';
import { Simulation } from './simulation.ts';

test('a million cycles at 480 MHz are 2083333333 ps, not a million rounded cycles', () => {
  const clock = new ClockDomain(new Simulation(), 'core', 480e6);
  expect(clock.psFromCycles(1e6)).toBe(2_083_333_333);
  expect(1e6 * clock.psFromCycles(1)).toBe(2_083_000_000);
});

test('a new frequency holds for spans that begin later, until reset', () => {
  const simulation = new Simulation();
  const clock = new ClockDomain(simulation, 'core', 400e6);
  const log: number[] = [];
  const work = function* (): ProcessBody {
    for (let span = 0; span < 3; span++) {
      yield clock.psFromCycles(100);
      log.push(simulation.nowPs);
    }
  };
  simulation.spawn(work);
  simulation.schedule(300_000, () => clock.setHz(100e6));
  simulation.run();
  expect(log).toEqual([250_000, 500_000, 1_500_000]);
  simulation.reset();
  expect(clock.hz).toBe(400e6);
});

test.each([[0], [-1], [NaN], [Infinity]])('a frequency of %d Hz is refused', (hz) => {
  const simulation = new Simulation();
  expect(() => new ClockDomain(simulation, 'core', hz)).toThrow(
    `clock "core": expected a frequency above 0 Hz, got ${hz}`,
  );
});

test.each([[-1], [NaN], [Infinity]])('a span of %d cycles is refused', (cycles) => {
  const clock = new ClockDomain(new Simulation(), 'core', 1e9);
  expect(() => clock.psFromCycles(cycles)).toThrow(`clock "core": expected cycles from 0, got ${cycles}`);
});
