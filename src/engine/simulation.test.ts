import { expect, test } from 'vitest';
import { PRIORITY } from './priority.ts';
import type { ProcessBody } from './waiting.ts';
import { Resource } from './resource.ts';
import { Signal } from './signal.ts';
import { Simulation } from './simulation.ts';

test('two clocks that tick: the whole log', () => {
  const simulation = new Simulation();
  const log: string[] = [];
  function* tick(name: string, tickPs: number): ProcessBody {
    for (;;) {
      log.push(`${simulation.nowPs} ${name}`);
      yield tickPs;
    }
  }
  simulation.spawn(() => tick('fast', 5));
  simulation.spawn(() => tick('slow', 10));
  expect(simulation.run(20)).toBe(20);
  expect(log).toEqual(['0 fast', '0 slow', '5 fast', '10 slow', '10 fast', '15 fast', '20 slow', '20 fast']);
  expect(simulation.events).toBe(8);
});

test('one instant runs by priority, then by arrival; what an event adds to its instant comes last', () => {
  const simulation = new Simulation();
  const log: string[] = [];
  const at5 = (name: string, priority: 0 | 1 | 2 | 3): void =>
    void simulation.schedule(5, () => log.push(name), priority);
  at5('observer', PRIORITY.observer);
  at5('first', PRIORITY.normal);
  simulation.schedule(5, () => simulation.schedule(0, () => log.push('added')));
  at5('second', PRIORITY.normal);
  at5('interrupt', PRIORITY.interrupt);
  at5('hardware', PRIORITY.hardware);
  simulation.run();
  expect(log).toEqual(['hardware', 'interrupt', 'first', 'second', 'added', 'observer']);
});

test('a process hands its result to those who wait for it, early or late', () => {
  const simulation = new Simulation();
  const log: string[] = [];
  const job = simulation.spawn(function* (): ProcessBody<string> {
    yield 7;
    return 'digit 3';
  });
  function* asker(name: string, delayPs: number): ProcessBody {
    yield delayPs;
    yield job;
    log.push(`${simulation.nowPs} ${name}: ${job.result}`);
  }
  simulation.spawn(() => asker('late', 9));
  simulation.spawn(() => asker('early', 2));
  expect(() => job.result).toThrow('process "process" has no result: it is running');
  simulation.run();
  expect(log).toEqual(['7 early: digit 3', '9 late: digit 3']);
});

test('a signal wakes all who wait when pulsed, and lets everyone pass while set', () => {
  const simulation = new Simulation();
  const ready = new Signal(simulation, 'ready');
  const log: string[] = [];
  function* waiter(name: string): ProcessBody {
    for (;;) {
      yield ready;
      log.push(`${simulation.nowPs} ${name}`);
      yield 4;
    }
  }
  simulation.spawn(() => waiter('a'));
  simulation.spawn(() => waiter('b'));
  simulation.schedule(10, () => ready.pulse());
  simulation.schedule(20, () => ready.set());
  simulation.schedule(25, () => ready.unset());
  simulation.run();
  expect(log).toEqual(['10 a', '10 b', '20 a', '20 b', '24 a', '24 b']);
  expect(simulation.parked.map(({ waitingFor, status }) => [waitingFor?.name, status])).toEqual([
    ['ready', 'waiting'],
    ['ready', 'waiting'],
  ]);
});

test('a cancelled event does not run, and cancelling it again says so', () => {
  const simulation = new Simulation();
  const log: number[] = [];
  const timeout = simulation.schedule(10, () => log.push(10));
  simulation.schedule(5, () => log.push(5));
  expect([simulation.cancel(timeout), simulation.cancel(timeout), simulation.pendingEvents]).toEqual([
    true,
    false,
    1,
  ]);
  simulation.run();
  expect([log, simulation.nowPs]).toEqual([[5], 5]);
});

test('run stops after the events of its last instant, and the clock stands there; step takes one event', () => {
  const simulation = new Simulation();
  const log: number[] = [];
  for (const atPs of [10, 20, 30]) simulation.schedule(atPs, () => log.push(atPs));
  expect([simulation.run(20), [...log], simulation.run(25), simulation.step(), simulation.step()]).toEqual([
    20,
    [10, 20],
    25,
    true,
    false,
  ]);
  expect([simulation.nowPs, log]).toEqual([30, [10, 20, 30]]);
});

test('after reset the same model runs again from instant 0, with the same events', () => {
  const simulation = new Simulation();
  const unit = new Resource(simulation, 'unit');
  const counts = simulation.state('counts', () => ({ done: 0 }));
  function* job(): ProcessBody {
    yield unit.acquire();
    yield 100;
    counts.done++;
    yield 100;
    unit.release();
  }
  const runs = [0, 1].map(() => {
    simulation.reset();
    for (let at = 0; at < 3; at++) simulation.spawn(job);
    simulation.run(450);
    return [simulation.nowPs, simulation.events, counts.done, unit.usage()];
  });
  expect(runs[1]).toEqual(runs[0]);
  expect(runs[0].slice(0, 3)).toEqual([450, 9, 2]);
});

test.each([[-1], [0.5], [NaN], [Infinity], [2 ** 53], [-(2 ** 30)]])(
  'a delay of %d ps is refused',
  (delayPs) => {
    const simulation = new Simulation();
    expect(() => simulation.schedule(delayPs, () => {})).toThrow(RangeError);
    const process = simulation.spawn(function* () {
      yield delayPs;
    });
    expect(() => simulation.run()).toThrow(/expected a whole number of picoseconds from 0/);
    expect(process.name).toBe('process');
  },
);

test('an instant beyond 2^53 ps is refused when it is next, by run and by step; what is before it has run', () => {
  const simulation = new Simulation();
  simulation.schedule(2 ** 52, () => simulation.schedule(2 ** 52, () => {}));
  simulation.spawn(function* (): ProcessBody {
    yield 2 ** 53 - 1;
    yield 1;
  });
  const refusal = 'instant of an event: expected a whole number of picoseconds from 0 to 2^53';
  expect(() => simulation.run()).toThrow(refusal);
  expect(() => simulation.step()).toThrow(refusal);
  expect([simulation.nowPs, simulation.pendingEvents]).toEqual([2 ** 53 - 1, 2]);
  expect(() => simulation.run(NaN)).toThrow('run: untilPs: expected a whole number');
});

test('an error in a process comes out of run and marks the process', () => {
  const simulation = new Simulation();
  const process = simulation.spawn(function* (): ProcessBody {
    yield 3;
    throw new Error('weights missing');
  });
  expect(() => simulation.run()).toThrow('weights missing');
  expect([process.status, simulation.nowPs]).toEqual(['failed', 3]);
});

test('run inside an event, a part built after the first event and a wait for oneself are refused', () => {
  const simulation = new Simulation();
  simulation.schedule(0, () => simulation.run());
  expect(() => simulation.run()).toThrow('run and step: not inside an event');
  expect(() => new Signal(simulation, 'late')).toThrow('"late": build all parts before the first event');
  const self = simulation.spawn(function* (): ProcessBody {
    yield self;
  });
  expect(() => simulation.run()).toThrow('process "process" waits for itself');
});
