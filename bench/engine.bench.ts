import FlatQueue from 'flatqueue';
import { ClockDomain } from '../src/engine/clock-domain.ts';
import { EventQueue } from '../src/engine/event-queue.ts';
import type { LinkPort } from '../src/engine/link-port.ts';
import { Link } from '../src/engine/link.ts';
import { PRIORITY } from '../src/engine/priority.ts';
import type { ProcessBody } from '../src/engine/waiting.ts';
import { seededIntegers } from '../src/seeded-random.ts';
import { Resource } from '../src/engine/resource.ts';
import { Simulation } from '../src/engine/simulation.ts';
import { Trace } from '../src/engine/trace.ts';
import { heapGrowthBytes, judge, millions, printTable, compareSpeeds, type Bar } from './harness.ts';
import { LeanPromiseEngine, PromiseEngine } from './promise-engine.ts';

const ROUNDS = 8;
const HOLDS = 2e6;
const EVENTS = 1e6;
const STEADY_EVENTS = 1e7;
const PENDING = [10, 1e3, 1e5];
const PROCESSES = [2, 10, 100, 1e3];
/** Units, DMA channels, cores and timers of a microcontroller that are busy together. */
const JUDGED_PROCESSES = 10;
/** What two full collections leave uncertain (compiled code, type feedback): 0.001 bytes an event. */
const HEAP_NOISE_BYTES = 10_000;
const MEAN_PS = 1e6;
const MASK = 2 ** 16 - 1;

// Exponential increments in whole picoseconds, drawn once, so that the draw costs neither contender.
const random = seededIntegers(7);
const INCREMENTS_PS = Int32Array.from({ length: MASK + 1 }, () =>
  Math.ceil(-Math.log((random() + 1) / 2 ** 30) * MEAN_PS),
);

function holdOurs(pending: number, holds: number): number {
  const queue = new EventQueue();
  for (let event = 0; event < pending; event++) queue.push(INCREMENTS_PS[event & MASK], PRIORITY.normal);
  let sum = 0;
  for (let hold = 0; hold < holds; hold++) {
    sum += queue.pop(Infinity);
    queue.push(INCREMENTS_PS[hold & MASK], PRIORITY.normal);
  }
  return sum;
}

function holdFlatqueue(pending: number, holds: number): number {
  const queue = new FlatQueue<number>();
  for (let event = 0; event < pending; event++) queue.push(event, INCREMENTS_PS[event & MASK]);
  let sum = 0;
  for (let hold = 0; hold < holds; hold++) {
    const atPs = queue.peekValue()!;
    const id = queue.pop()!;
    sum += id;
    queue.push(id, atPs + INCREMENTS_PS[hold & MASK]);
  }
  return sum;
}

// The process model: timers that each sleep for a period of their own, as clocked units do.
function runGenerators(processes: number, events: number): number {
  const simulation = new Simulation();
  function* timer(periodPs: number): ProcessBody {
    for (let event = 0; event < events / processes; event++) yield periodPs;
  }
  for (let at = 0; at < processes; at++) simulation.spawn(() => timer(INCREMENTS_PS[at]));
  return simulation.run();
}

async function runPromises(processes: number, events: number): Promise<number> {
  const engine = new PromiseEngine();
  async function timer(periodPs: number): Promise<void> {
    for (let event = 0; event < events / processes; event++) await engine.delay(periodPs);
  }
  for (let at = 0; at < processes; at++) void timer(INCREMENTS_PS[at]);
  await engine.run();
  return engine.nowPs;
}

async function runLeanPromises(processes: number, events: number): Promise<number> {
  const engine = new LeanPromiseEngine();
  async function timer(periodPs: number): Promise<void> {
    for (let event = 0; event < events / processes; event++) await engine.delay(periodPs);
  }
  for (let at = 0; at < processes; at++) engine.spawn(() => timer(INCREMENTS_PS[at]));
  await engine.run();
  return engine.nowPs;
}

// All that a steady state does: delays, a contended resource and link, timeouts that are mostly cancelled, a trace.
function steadyState(): Simulation {
  const simulation = new Simulation({ trace: new Trace() });
  const clock = new ClockDomain(simulation, 'bus clock', 480e6);
  const unit = new Resource(simulation, 'unit', 2);
  const link = new Link(simulation, 'bus', {
    clock,
    bytesPerCycle: 8,
    arbitration: 'round-robin',
    burstBytes: 32,
  });
  const trace = simulation.trace!;
  const track = trace.intern('unit');
  let draw = 0;
  let timeouts = 0;
  const onTimeout = (): void => void timeouts++;
  function* worker(port: LinkPort): ProcessBody {
    for (;;) {
      const timeout = simulation.schedule(4 * MEAN_PS, onTimeout);
      yield unit.acquire();
      const startPs = simulation.nowPs;
      yield INCREMENTS_PS[draw++ & MASK];
      yield port.transfer(256);
      unit.release();
      trace.span(track, track, startPs, simulation.nowPs - startPs);
      simulation.cancel(timeout);
    }
  }
  for (let at = 0; at < 8; at++) {
    const port = link.port(`worker ${at}`);
    simulation.spawn(() => worker(port));
  }
  return simulation;
}

function runEvents(simulation: Simulation, events: number): number {
  const end = simulation.events + events;
  while (simulation.events < end) simulation.run(simulation.nowPs + 1000 * MEAN_PS);
  return simulation.nowPs;
}

const bars: Bar[] = [];

// First, on a heap that nothing else has touched.
const simulation = steadyState();
runEvents(simulation, STEADY_EVENTS / 10);
const growthBytes = heapGrowthBytes(() => runEvents(simulation, STEADY_EVENTS));
console.log(
  `Heap over 1e7 events of a full model (${simulation.pendingEvents} pending): ${growthBytes} bytes`,
);
bars.push({
  name: 'heap growth over 1e7 events',
  value: growthBytes,
  bar: HEAP_NOISE_BYTES,
  atMost: true,
  unit: ' bytes',
});

const holdRows: string[][] = [];
for (const pending of PENDING) {
  const [ours, flat] = await compareSpeeds(
    [
      { name: 'event queue', run: (holds) => holdOurs(pending, holds) },
      { name: 'flatqueue', run: (holds) => holdFlatqueue(pending, holds) },
    ],
    HOLDS,
    ROUNDS,
  );
  const ratio = ours.perSecond / flat.perSecond;
  holdRows.push([String(pending), millions(ours.perSecond), millions(flat.perSecond), ratio.toFixed(2)]);
  bars.push({ name: `hold model, ${pending} pending, over flatqueue`, value: ratio, bar: 0.7, unit: 'x' });
}
console.log(
  'Hold model: pop the earliest, push one at now + exponential. flatqueue 3.0.0 is not FIFO-stable.',
);
printTable(['pending', 'ours M/s', 'flatqueue M/s', 'ratio'], holdRows);

const processRows: string[][] = [];
for (const processes of PROCESSES) {
  const [generators, promises, lean] = await compareSpeeds(
    [
      { name: 'generators', run: (events) => runGenerators(processes, events) },
      { name: 'promises', run: (events) => runPromises(processes, events) },
      { name: 'lean promises', run: (events) => runLeanPromises(processes, events) },
    ],
    EVENTS,
    ROUNDS,
  );
  const ratio = generators.perSecond / promises.perSecond;
  processRows.push([
    String(processes),
    ...[generators, promises, lean].map(({ perSecond }) => millions(perSecond)),
    ratio.toFixed(2),
    (generators.perSecond / lean.perSecond).toFixed(2),
  ]);
  if (processes === JUDGED_PROCESSES) {
    bars.push({ name: `${processes} generator processes over promises`, value: ratio, bar: 3, unit: 'x' });
  }
}
console.log(
  'Processes: timers with periods of their own, on the same kernel. "lean" is the bare queue with promises and',
);
console.log('no simulation around it: what promises could reach, not an engine. Judged at 10.');
printTable(['processes', 'generators M/s', 'promises M/s', 'lean M/s', 'ratio', 'over lean'], processRows);

judge(bars);
