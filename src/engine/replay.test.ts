import { expect, test } from 'vitest';
import { ClockDomain } from './clock-domain.ts';
import { Link } from './link.ts';
import type { ProcessBody } from './waiting.ts';
import { seededIntegers } from '../seeded-random.ts';
import { Resource } from './resource.ts';
import { Signal } from './signal.ts';
import { Simulation } from './simulation.ts';
import { Trace } from './trace.ts';

/** Two jobs that share all parts there are, with random work from named state, and a watcher that joins them. */
function build(shuffleTies?: number) {
  const simulation = new Simulation({ trace: new Trace(1024), replay: true, shuffleTies });
  const clock = new ClockDomain(simulation, 'bus', 480e6);
  const unit = new Resource(simulation, 'unit');
  const link = new Link(simulation, 'bus', {
    clock,
    bytesPerCycle: 4,
    arbitration: 'round-robin',
    burstBytes: 16,
  });
  const go = new Signal(simulation, 'go');
  const state = simulation.state('work', () => ({ seed: 1 }));
  const trace = simulation.trace!;
  const ports = ['a', 'b'].map((name) => link.port(name));
  function* job(name: string, at: number): ProcessBody<string> {
    const track = trace.intern(name);
    yield go;
    for (let round = 0; round < 20; round++) {
      state.seed = seededIntegers(state.seed)();
      yield unit.acquire();
      yield state.seed % 5000;
      unit.release();
      const startPs = simulation.nowPs;
      yield ports[at].transfer(100 + (state.seed % 100));
      trace.span(track, track, startPs, simulation.nowPs - startPs);
      if (round === 10) clock.setHz(240e6);
    }
    return name;
  }
  const jobs = ['a', 'b'].map((name, at) => simulation.spawn(() => job(name, at), { name }));
  simulation.spawn(function* (): ProcessBody {
    for (const waited of jobs) yield waited;
    trace.instant(
      trace.intern('watcher'),
      trace.intern(jobs.map(({ result }) => result).join()),
      simulation.nowPs,
    );
  });
  simulation.schedule(1000, () => go.set());
  return { simulation, jobs, unit, link, trace };
}

test.each([[undefined], [5]])(
  'run to T, snapshot, run on, restore, run on: the same bytes (shuffled ties: %s)',
  (seed) => {
    const { simulation, jobs, unit, link, trace } = build(seed);
    const ends = (): unknown => [
      trace.toBytes('recorded'),
      simulation.nowPs,
      simulation.events,
      unit.usage(),
      link.usage(),
      jobs.map(({ result }) => result),
    ];
    simulation.run(40_001);
    const snapshot = simulation.snapshot();
    const heldBytes = trace.toBytes('recorded');
    simulation.run();
    const first = ends();
    for (let again = 0; again < 2; again++) {
      simulation.restore(snapshot);
      expect([simulation.nowPs, simulation.events, trace.toBytes('recorded')]).toEqual([
        40_001,
        snapshot.events,
        heldBytes,
      ]);
      expect(simulation.snapshot()).toEqual(snapshot);
      simulation.run();
      expect(ends()).toEqual(first);
    }
  },
);

test('what is scheduled, spawned and cancelled between runs is repeated at its place, and forgotten after the snapshot', () => {
  const simulation = new Simulation({ replay: true });
  const log = simulation.state('log', () => ({ text: '' }));
  const say = (text: string) => (): void => void (log.text += `${simulation.nowPs}${text} `);
  simulation.schedule(10, say('a'));
  simulation.run(15);
  const timeout = simulation.schedule(10, say('timeout'));
  simulation.schedule(30, say('b'));
  simulation.run(20);
  simulation.cancel(timeout);
  const late = simulation.schedule(60, say('late'));
  const snapshot = simulation.snapshot();
  simulation.schedule(1, say('after the snapshot'));
  simulation.run();
  expect(log.text).toBe('10a 21after the snapshot 45b 80late ');
  simulation.restore(snapshot);
  expect([simulation.cancel(late), simulation.run(), log.text]).toEqual([true, 45, '10a 45b ']);
});

test('a model that is not a function of the simulation is found out', () => {
  const simulation = new Simulation({ replay: true });
  let outside = 1;
  simulation.spawn(function* (): ProcessBody {
    yield outside++;
    yield 10;
  });
  simulation.run(5);
  const snapshot = simulation.snapshot();
  expect(() => simulation.restore(snapshot)).toThrow('came out different; is the model deterministic?');
});

test('snapshots need the option, a place outside events, and no reset since', () => {
  expect(() => new Simulation().snapshot()).toThrow(
    'snapshot and restore need new Simulation({ replay: true })',
  );
  const simulation = new Simulation({ replay: true });
  simulation.schedule(0, () => simulation.snapshot());
  expect(() => simulation.run()).toThrow('snapshot: not inside an event');
  const snapshot = simulation.snapshot();
  simulation.reset();
  expect(() => simulation.restore(snapshot)).toThrow('restore: the snapshot is older than the last reset');
});
