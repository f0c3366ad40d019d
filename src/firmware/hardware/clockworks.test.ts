import { describe, expect, test } from 'vitest';
import { HardwareTimer } from './hardware-timer.ts';
import { Interrupts } from './interrupts.ts';
import { PwmChannel } from './pwm-channel.ts';
import { Clockworks } from './clockworks.ts';
import { Ledger } from './ledger.ts';
import { PinBank } from './pin-bank.ts';
import { SessionTrace } from './session-trace.ts';
import { VirtualHardware } from './virtual-hardware.ts';
import { maixduino } from '../../boards/maixduino.ts';

/** Clockworks on a bench: time goes from one to the next. */
function bench() {
  const clockworks = new Clockworks();
  const state = { nowPs: 0 };
  const trace = new SessionTrace();
  const pins = new PinBank(trace, () => state.nowPs, new Ledger());
  const runUntil = (endPs: number, isFree = false) => {
    let events = 0;
    for (let next = clockworks.next(); next && next.nextPs <= endPs; next = clockworks.next(), events++) {
      state.nowPs = next.nextPs;
      next.happen(isFree ? () => endPs : undefined);
    }
    state.nowPs = endPs;
    return events;
  };
  const edges = () => trace.records().map(({ atPs, value }) => [atPs, value]);
  return { clockworks, pins, trace, runUntil, edges };
}

describe('a PWM channel', () => {
  const wave = { clockHz: 1e6, periodSteps: 10, highSteps: 3, startsHigh: false };

  test('takes another wave over at the end of its period', () => {
    const { clockworks, pins, runUntil, edges } = bench();
    const pwm = new PwmChannel(pins);
    clockworks.add(pwm);
    pwm.start(0, 'LED', wave);
    runUntil(8e6);
    pwm.change({ ...wave, highSteps: 6 });
    runUntil(20e6);
    expect(edges()).toEqual([
      [0, 0],
      [7e6, 1],
      [10e6, 0],
      [14e6, 1],
      [20e6, 0],
    ]);
  });

  test.each([
    [0, []],
    [10, [[0, 1]]],
  ])('of %i steps of 10 moves its pin once at most', (highSteps, moves) => {
    const { clockworks, pins, runUntil, edges } = bench();
    const pwm = new PwmChannel(pins);
    clockworks.add(pwm);
    pwm.start(0, 'LED', { ...wave, highSteps });
    runUntil(100e6);
    expect(edges().slice(1)).toEqual(moves);
  });

  test.each([
    [13e6, 2, 1],
    [13e6, 7, 3],
    [240e6, 7, 2],
    [240e6, 2, 2],
  ])(
    'of %f Hz by %i comes to the same at once as edge by edge, %i of them high',
    (clockHz, periodSteps, highSteps) => {
      // Up to the last of 600,000 pulses, and beyond it, with other instants between.
      const run = (isFree: boolean) => {
        const { clockworks, pins, trace, runUntil } = bench();
        const pwm = new PwmChannel(pins);
        clockworks.add(pwm);
        let lastAtPs = 0;
        pins.lastPulse = 600_000;
        pins.onLastPulse = () => (lastAtPs ||= pins.nowPs);
        pwm.start(7, 'LED', { clockHz, periodSteps, highSteps, startsHigh: false });
        const periodPs = (periodSteps * 1e12) / clockHz;
        const ends = [0.3, 0.55, 0.5501, 0.65].map((share) => Math.round(share * 1e6 * periodPs));
        const events = ends.map((endPs) => runUntil(endPs, isFree)).at(-1)!;
        return {
          counted: [pins.uses(), trace.droppedEdges, pins.level('LED'), lastAtPs, pwm.nextPs],
          events,
        };
      };
      const [atOnce, one] = [run(true), run(false)];
      expect(atOnce.counted).toEqual(one.counted);
      expect(atOnce.events).toBeLessThan(one.events);
    },
  );

  test('falls when it stops, and stays there', () => {
    const { clockworks, pins, runUntil, edges } = bench();
    const pwm = new PwmChannel(pins);
    clockworks.add(pwm);
    pwm.start(0, 'LED', { ...wave, startsHigh: true });
    runUntil(2e6);
    pwm.stop();
    pwm.change(wave);
    runUntil(50e6);
    expect(edges().slice(1)).toEqual([
      [0, 1],
      [2e6, 0],
    ]);
  });
});

test('nothing happens behind the end of a run, however far its last call goes', () => {
  const hardware = new VirtualHardware({ board: maixduino, limitPs: 25e6 });
  const pwm = new PwmChannel(hardware.pins);
  hardware.clockworks.add(pwm);
  pwm.start(0, 'LED', { clockHz: 1e6, periodSteps: 10, highSteps: 3, startsHigh: true });
  hardware.advancePs(5e6);
  hardware.charge('a call', 40 * (hardware.coreHz / 1e6));
  expect([hardware.nowPs, hardware.pins.pulses('LED')]).toEqual([45e6, 3]);
});

test('a timer counts from its start: a period of a third of a microsecond adds up to whole ones', () => {
  const { clockworks, runUntil } = bench();
  let expiries = 0;
  const timer = new HardwareTimer(() => expiries++);
  clockworks.add(timer);
  timer.start(0, { steps: 1, clockHz: 3e6, isOneShot: false });
  runUntil(1e9 - 1);
  expect([expiries, timer.nextPs]).toEqual([2999, 1e9]);
});

describe('interrupts', () => {
  test('of a firmware that schedules wait for the next bytecode; a ninth finds the queue full', () => {
    const interrupts = new Interrupts();
    const called: number[] = [];
    interrupts.onCall = (handler) => called.push(handler);
    for (let handler = 1; handler <= 9; handler++) interrupts.raise(handler, 'scheduled');
    expect([called, interrupts.lost]).toEqual([[], 1]);
    interrupts.callWaiting();
    expect(called).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('one function runs at a time, and what comes meanwhile comes behind it, once', () => {
    const interrupts = new Interrupts();
    const order: string[] = [];
    interrupts.onCall = (handler) => {
      order.push(`in ${handler}`);
      if (handler === 1) [2, 2].forEach((other) => interrupts.raise(other, 'immediate'));
      order.push(`out ${handler}`);
    };
    interrupts.raise(1, 'immediate');
    expect(order).toEqual(['in 1', 'out 1', 'in 2', 'out 2']);
  });
});
