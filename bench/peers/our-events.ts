/* Our events per second, best of a few times in one process: our-events.ts hold PENDING HOLDS | timers PROCESSES EVENTS */
import process from 'node:process';
import { EventQueue } from '../../src/engine/event-queue.ts';
import { PRIORITY } from '../../src/engine/priority.ts';
import { Simulation } from '../../src/engine/simulation.ts';
import type { ProcessBody } from '../../src/engine/waiting.ts';
import { seededIntegers } from '../../src/seeded-random.ts';

/** V8 has compiled what it will after three. */
const TIMES = 5;
const MASK = 2 ** 16 - 1;

const random = seededIntegers(7);
const INCREMENTS_PS = Int32Array.from({ length: MASK + 1 }, () =>
  Math.ceil(-Math.log((random() + 1) / 2 ** 30) * 1e6),
);

/** Events per second of what `work` does `events` of. */
function timed(events: number, work: () => number): number {
  const start = process.hrtime.bigint();
  const result = work();
  const perSecond = (events / Number(process.hrtime.bigint() - start)) * 1e9;
  if (Number.isNaN(result)) throw new Error('the work returned no number');
  return perSecond;
}

function hold(pending: number, holds: number): number {
  const queue = new EventQueue();
  for (let event = 0; event < pending; event++) queue.push(INCREMENTS_PS[event & MASK], PRIORITY.normal);
  return timed(holds, () => holdOn(queue, holds));
}

/** Takes the earliest event out and puts one back, so many times. Its variables are its own, as those of the C++ peer are. */
function holdOn(queue: EventQueue, holds: number): number {
  let sum = 0;
  for (let at = 0; at < holds; at++) {
    sum += queue.pop(Infinity);
    queue.push(INCREMENTS_PS[at & MASK], PRIORITY.normal);
  }
  return sum;
}

function timers(processes: number, events: number): number {
  const simulation = new Simulation();
  function* timer(periodPs: number): ProcessBody {
    for (let event = 0; event < events / processes; event++) yield periodPs;
  }
  for (let at = 0; at < processes; at++) simulation.spawn(() => timer(700_000 + 61_031 * at));
  return timed(events, () => simulation.run());
}

const [work, ...numbers] = process.argv.slice(2);
const [pendingOrProcesses, events] = numbers.map(Number);
const once = work === 'hold' ? hold : timers;
console.log(Math.max(...Array.from({ length: TIMES }, () => once(pendingOrProcesses, events))));
