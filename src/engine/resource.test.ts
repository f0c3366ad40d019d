import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PRIORITY, type Priority } from './priority.ts';
import type { ProcessBody } from './waiting.ts';
import { Resource } from './resource.ts';
import { Simulation } from './simulation.ts';

function build(slots: number): { simulation: Simulation; unit: Resource; log: string[] } {
  const simulation = new Simulation();
  return { simulation, unit: new Resource(simulation, 'unit', slots), log: [] };
}

test('four jobs on two slots: the whole log, and integrals done by hand', () => {
  const { simulation, unit, log } = build(2);
  function* job(name: string, startPs: number, workPs: number): ProcessBody {
    yield startPs;
    yield unit.acquire();
    log.push(`${simulation.nowPs} ${name} starts`);
    yield workPs;
    unit.release();
    log.push(`${simulation.nowPs} ${name} ends`);
  }
  simulation.spawn(() => job('a', 0, 10));
  simulation.spawn(() => job('b', 2, 3));
  simulation.spawn(() => job('c', 3, 4));
  simulation.spawn(() => job('d', 4, 10));
  simulation.run(30);
  expect(log).toEqual([
    '0 a starts',
    '2 b starts',
    '5 b ends',
    '5 c starts',
    '9 c ends',
    '9 d starts',
    '10 a ends',
    '19 d ends',
  ]);
  expect(unit.usage()).toEqual({
    elapsedPs: 30,
    busyPs: 19,
    idlePs: 11,
    busySlotPs: 10 + 3 + 4 + 10,
    idleSlotPs: 60 - 27,
    waitingPs: 2 + 5,
  });
  expect(unit.grants).toBe(4);
});

test('a waiter of higher priority is served first, and nobody overtakes a waiter for more slots', () => {
  const { simulation, unit, log } = build(2);
  function* job(name: string, slots: number, priority: Priority): ProcessBody {
    yield unit.acquire(slots, priority);
    log.push(`${simulation.nowPs} ${name}`);
    yield 10;
    unit.release(slots);
  }
  simulation.spawn(() => job('holder', 1, PRIORITY.normal));
  simulation.spawn(() => job('both', 2, PRIORITY.normal));
  simulation.spawn(() => job('small', 1, PRIORITY.normal));
  simulation.spawn(() => job('interrupt', 2, PRIORITY.interrupt));
  simulation.spawn(() => job('observer', 1, PRIORITY.observer));
  simulation.run();
  expect(log).toEqual(['0 holder', '10 interrupt', '20 both', '30 small', '30 observer']);
});

test('busy + idle = elapsed, exactly, for any load, at any instant', () => {
  const jobs = fc.array(fc.tuple(fc.nat(1e12), fc.integer({ min: 1, max: 4 }), fc.nat(1e12)), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(jobs, fc.nat(3e12), (list, untilPs) => {
      const { simulation, unit } = build(4);
      for (const [startPs, slots, workPs] of list) {
        simulation.spawn(function* (): ProcessBody {
          yield startPs;
          yield unit.acquire(slots);
          yield workPs;
          unit.release(slots);
        });
      }
      simulation.run(untilPs);
      const cut = unit.usage();
      expect([cut.busyPs + cut.idlePs, cut.busySlotPs + cut.idleSlotPs]).toEqual([untilPs, 4 * untilPs]);
      simulation.run();
      const { busySlotPs, busyPs, idlePs } = unit.usage();
      expect(busySlotPs).toBe(list.reduce((sum, [, slots, workPs]) => sum + slots * workPs, 0));
      expect(busyPs + idlePs).toBe(simulation.nowPs);
    }),
  );
});

test('shuffled ties change who comes first, not the end, the work done or the utilisation', () => {
  const run = (shuffleTies?: number): { order: string; result: unknown } => {
    const simulation = new Simulation({ shuffleTies });
    const unit = new Resource(simulation, 'unit', 2);
    const order: string[] = [];
    for (const name of 'abcdefgh') {
      simulation.spawn(function* (): ProcessBody {
        yield 5;
        yield unit.acquire();
        order.push(name);
        yield 10;
        unit.release();
      });
    }
    simulation.run();
    return { order: order.join(''), result: [simulation.nowPs, simulation.events, unit.usage()] };
  };
  const plain = run();
  const shuffled = Array.from({ length: 20 }, (_, seed) => run(seed));
  expect(plain.order).toBe('abcdefgh');
  expect(new Set(shuffled.map(({ order }) => order)).size).toBeGreaterThan(10);
  for (const { result } of shuffled) expect(result).toEqual(plain.result);
  expect(run(3)).toEqual(run(3));
});

test('tryAcquire takes free slots only, never before a waiter', () => {
  const { simulation, unit } = build(1);
  expect([unit.tryAcquire(), unit.tryAcquire(), unit.taken]).toEqual([true, false, 1]);
  unit.release();
  expect(simulation.events).toBe(0);
});

test('misuse is told by name', () => {
  const { simulation, unit } = build(2);
  expect(() => new Resource(simulation, 'none', 0)).toThrow(
    'resource "none": expected 1 slot or more, got 0',
  );
  expect(() => unit.acquire(3)).toThrow('resource "unit": asked for 3 of 2 slots');
  expect(() => unit.release()).toThrow('resource "unit": release of 1, but 0 slots are taken');
  simulation.spawn(function* (): ProcessBody {
    yield unit;
  });
  expect(() => simulation.run()).toThrow('resource "unit": yield resource.acquire(), not the resource');
  unit.acquire();
  expect(() => unit.acquire()).toThrow('resource "unit": acquire() without yield');
});
