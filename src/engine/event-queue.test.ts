import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededIntegers } from '../seeded-random.ts';
import { EventQueue } from './event-queue.ts';
import type { Priority } from './priority.ts';

interface NaiveEvent {
  readonly atPs: number;
  readonly priority: number;
  readonly arrival: number;
  readonly handle: number;
}

/** Pops in the order (instant, priority, arrival) by looking at all events each time. */
class NaiveQueue {
  events: NaiveEvent[] = [];
  arrival = 0;
  nowPs = 0;

  push(delayPs: number, priority: number, handle: number): void {
    this.events.push({ atPs: this.nowPs + delayPs, priority, arrival: this.arrival++, handle });
  }

  pop(untilPs: number): NaiveEvent | undefined {
    this.events.sort((a, b) => a.atPs - b.atPs || a.priority - b.priority || a.arrival - b.arrival);
    if (this.events.length === 0 || this.events[0].atPs > untilPs) return undefined;
    const earliest = this.events.shift()!;
    this.nowPs = earliest.atPs;
    return earliest;
  }

  cancel(handle: number): boolean {
    const before = this.events.length;
    this.events = this.events.filter((event) => event.handle !== handle);
    return this.events.length < before;
  }
}

const priorities = fc.constantFrom<Priority[]>(0, 1, 2, 3);
const operations = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('push' as const), delayPs: fc.nat(12), priority: priorities }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('pop' as const), aheadPs: fc.nat(15) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), pick: fc.nat(1000) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('peek' as const) }) },
  ),
  { minLength: 50, maxLength: 400 },
);

function drain(queue: EventQueue): number[] {
  const slots = [];
  for (let slot = queue.pop(Infinity); slot !== -1; slot = queue.pop(Infinity)) slots.push(slot);
  return slots;
}

test.each([
  ['from arrival 0', 0],
  ['across the renumbering of arrivals', 2 ** 29 - 20],
])('pushes, pops and cancels in any order as a sorted list would, %s', (_, firstArrival) => {
  fc.assert(
    fc.property(operations, (list) => {
      const queue = new EventQueue({ firstArrival });
      const naive = new NaiveQueue();
      const given: number[] = [];
      for (const operation of list) {
        if (operation.do === 'push') {
          const handle = queue.handleOf(queue.push(operation.delayPs, operation.priority));
          naive.push(operation.delayPs, operation.priority, handle);
          given.push(handle);
        } else if (operation.do === 'pop') {
          const untilPs = naive.nowPs + operation.aheadPs;
          const expected = naive.pop(untilPs);
          const slot = queue.pop(untilPs);
          expect(slot).toBe(expected === undefined ? -1 : expected.handle % 2 ** 21);
          expect(queue.nowPs).toBe(naive.nowPs);
        } else if (operation.do === 'cancel' && given.length > 0) {
          const handle = given[operation.pick % given.length];
          expect(queue.cancel(handle)).toBe(naive.cancel(handle));
        } else if (operation.do === 'peek') {
          expect(queue.peekPs()).toBe(Math.min(Infinity, ...naive.events.map(({ atPs }) => atPs)));
        }
        expect(queue.length).toBe(naive.events.length);
      }
      const rest = drain(queue);
      expect(rest).toEqual(rest.map(() => naive.pop(Infinity)!.handle % 2 ** 21));
      expect(naive.events).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('10,000 events of one instant come in order of arrival, through every doubling', () => {
  const queue = new EventQueue();
  const slots = Array.from({ length: 10_000 }, () => queue.push(5, 2));
  expect(drain(queue)).toEqual(slots);
});

test('30,000 events pending, more than the first caches hold: each comes in order, those of one instant by arrival', () => {
  const queue = new EventQueue();
  const draw = seededIntegers(3);
  const instants = new Map<number, number>();
  for (let arrival = 0; arrival < 30_000; arrival++) {
    const atPs = draw() % 9973;
    instants.set(queue.push(atPs, 2), atPs * 30_000 + arrival);
  }
  const popped = Array.from({ length: 30_000 }, () => instants.get(queue.pop(Infinity))!);
  expect(popped).toEqual([...instants.values()].sort((a, b) => a - b));
});

test('a seed shuffles events of equal instant and priority, nothing else, and again the same after clear', () => {
  const queue = new EventQueue({ shuffleTies: 1 });
  const shuffled = (): number[] => {
    const slots = Array.from({ length: 100 }, (_, arrival) =>
      queue.push(arrival < 50 ? 7 : 3, arrival % 2 === 0 ? 0 : 2),
    );
    return drain(queue).map((slot) => slots.indexOf(slot));
  };
  const group = (arrival: number): number => (arrival < 50 ? 2 : 0) + (arrival % 2);
  const order = shuffled();
  expect(order.map(group)).toEqual([0, 1, 2, 3].flatMap((of) => Array<number>(25).fill(of)));
  expect(order).not.toEqual(order.toSorted((a, b) => group(a) - group(b) || a - b));
  queue.clear();
  expect(shuffled()).toEqual(order);
});

test('a handle is void once its event was popped, cancelled or cleared, even when the slot is used again', () => {
  const queue = new EventQueue();
  const popped = queue.handleOf(queue.push(1, 2));
  queue.pop(Infinity);
  const cancelled = queue.handleOf(queue.push(1, 2));
  expect(queue.cancel(cancelled)).toBe(true);
  const cleared = queue.handleOf(queue.push(1, 2));
  queue.clear();
  queue.push(1, 2);
  expect([popped, cancelled, cleared, NaN, -1, 2 ** 53].map((handle) => queue.cancel(handle))).toEqual(
    Array(6).fill(false),
  );
  expect(queue.length).toBe(1);
});

test('a million timeouts that are all cancelled leave room for 64 events, not a million', () => {
  const queue = new EventQueue();
  for (let timeout = 0; timeout < 1e6; timeout++) queue.cancel(queue.handleOf(queue.push(1e9 + timeout, 2)));
  expect([queue.length, queue.capacity <= 256]).toEqual([0, true]);
});

test('pending lists what will come, in order, and takes nothing out', () => {
  const queue = new EventQueue();
  queue.push(9, 2);
  queue.push(4, 2);
  queue.push(4, 0);
  queue.cancel(queue.handleOf(queue.push(1, 1)));
  const listed = queue.pending();
  expect(listed.map(({ atPs, priority }) => [atPs, priority])).toEqual([
    [4, 0],
    [4, 2],
    [9, 2],
  ]);
  expect(drain(queue)).toEqual(listed.map(({ slot }) => slot));
});

test('more than 2^21 pending events are refused', () => {
  const queue = new EventQueue();
  for (let event = 0; event < 2 ** 21; event++) queue.push(event, 2);
  expect(() => queue.push(0, 2)).toThrow(new RangeError('event queue: more than 2097152 pending events'));
});
