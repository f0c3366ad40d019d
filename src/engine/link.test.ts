import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClockDomain } from './clock-domain.ts';
import { Link, type LinkOptions } from './link.ts';
import type { ProcessBody } from './waiting.ts';
import { Simulation } from './simulation.ts';

interface Request {
  readonly atPs: number;
  readonly port: number;
  readonly bytes: number;
}

const PORTS = 3;

/** Runs the requests, each a process of its own, and returns the link with the instant of each one's last byte. */
function serve(requests: readonly Request[], clockHz: number, options: Omit<LinkOptions, 'clock'>) {
  const simulation = new Simulation();
  const link = new Link(simulation, 'bus', {
    clock: new ClockDomain(simulation, 'bus', clockHz),
    ...options,
  });
  const ports = Array.from({ length: PORTS }, (_, port) => link.port(`port ${port}`));
  const endsPs: number[] = [];
  requests.forEach(({ atPs, port, bytes }, request) => {
    simulation.spawn(function* (): ProcessBody {
      yield atPs;
      yield ports[port].transfer(bytes);
      endsPs[request] = simulation.nowPs;
    });
  });
  simulation.run();
  return { simulation, link, ports, endsPs };
}

/** Round-robin at 1 GHz, a decision after every burst: what the link does with fewer events. */
function serveEveryBurst(requests: readonly Request[], bytesPerCycle: number, burstBytes: number): number[] {
  const arrivals = requests.map((request, index) => ({ ...request, index })).sort((a, b) => a.atPs - b.atPs);
  const queues: { index: number; bytes: number }[][] = Array.from({ length: PORTS }, () => []);
  const endsPs: number[] = [];
  let nowPs = 0;
  let active = 0;
  const admit = (): void => {
    const { port, index, bytes } = arrivals.shift()!;
    queues[port].push({ index, bytes });
  };
  while (arrivals.length > 0 || queues.some((queue) => queue.length > 0)) {
    if (queues.every((queue) => queue.length === 0)) {
      nowPs = Math.max(nowPs, arrivals[0].atPs);
      admit();
    }
    const turns = [1, 2, 3].map((turn) => (active + turn) % PORTS);
    active = turns.find((port) => queues[port].length > 0)!;
    const [head] = queues[active];
    const bytes = Math.min(burstBytes, head.bytes);
    nowPs += Math.ceil(bytes / bytesPerCycle) * 1000;
    while (arrivals.length > 0 && arrivals[0].atPs < nowPs) admit();
    head.bytes -= bytes;
    if (head.bytes === 0) endsPs[queues[active].shift()!.index] = nowPs;
  }
  return endsPs;
}

test('fifo serves whole transfers in order of arrival', () => {
  const requests = [
    { atPs: 0, port: 0, bytes: 64 },
    { atPs: 1000, port: 1, bytes: 8 },
    { atPs: 2000, port: 0, bytes: 3 },
    { atPs: 2000, port: 2, bytes: 0 },
  ];
  const { endsPs, link, ports } = serve(requests, 1e9, { bytesPerCycle: 4 });
  expect(endsPs).toEqual([16_000, 18_000, 19_000, 2000]);
  expect(link.usage()).toMatchObject({
    elapsedPs: 19_000,
    busyPs: 19_000,
    idlePs: 0,
    waitingPs: 15_000 + 16_000,
  });
  expect(ports.map(({ requestedBytes }) => requestedBytes)).toEqual([67, 8, 0]);
});

test('round-robin gives each port a burst in turn; a burst that has begun is finished', () => {
  const requests = [
    { atPs: 0, port: 0, bytes: 64 },
    { atPs: 5000, port: 1, bytes: 32 },
    { atPs: 6000, port: 2, bytes: 8 },
  ];
  const { endsPs, simulation } = serve(requests, 1e9, {
    bytesPerCycle: 4,
    arbitration: 'round-robin',
    burstBytes: 16,
  });
  // Bursts of 4 cycles: port 0 until 8, 1 until 12, 2 until 14, 0 until 18, 1 until 22, 0 until 26.
  expect(endsPs).toEqual([26_000, 22_000, 14_000]);
  expect(simulation.nowPs).toBe(26_000);
});

test('round-robin is fair: equal demands end within one round, whoever asked first', () => {
  const requests = [0, 1, 2].map((port) => ({ atPs: 0, port, bytes: 1 << 20 }));
  const { endsPs } = serve(requests, 1e9, { bytesPerCycle: 8, arbitration: 'round-robin', burstBytes: 64 });
  const lastPs = (3 * (1 << 20) * 1000) / 8;
  expect(endsPs).toEqual([lastPs - 16_000, lastPs - 8000, lastPs]);
});

test('one event for a transfer alone, and yet the ends of an arbiter that decides after every burst', () => {
  const requests = fc.array(
    fc.record({ atPs: fc.nat(400_000), port: fc.nat(PORTS - 1), bytes: fc.integer({ min: 1, max: 300 }) }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(
      requests,
      fc.constantFrom(0.5, 1, 4, 8),
      fc.integer({ min: 1, max: 5 }),
      (list, bytesPerCycle, beats) => {
        const burstBytes = Math.max(1, bytesPerCycle) * beats;
        const options = { bytesPerCycle, burstBytes, arbitration: 'round-robin' as const };
        expect(serve(list, 1e9, options).endsPs).toEqual(serveEveryBurst(list, bytesPerCycle, burstBytes));
      },
    ),
    { numRuns: 500 },
  );
});

test('a million contended beats at 480 MHz lose nothing to rounding', () => {
  const requests = [0, 1].map((port) => ({ atPs: 0, port, bytes: 4e6 }));
  const { endsPs } = serve(requests, 480e6, { bytesPerCycle: 8, arbitration: 'round-robin', burstBytes: 32 });
  expect(endsPs[1]).toBe(2_083_333_333);
});

test('a burst keeps the frequency it began with; the next has the new one', () => {
  const simulation = new Simulation();
  const clock = new ClockDomain(simulation, 'bus', 1e9);
  const link = new Link(simulation, 'bus', { clock, bytesPerCycle: 1 });
  const port = link.port('dma');
  const log: number[] = [];
  simulation.spawn(function* (): ProcessBody {
    for (let part = 0; part < 2; part++) {
      yield port.transfer(10);
      log.push(simulation.nowPs);
    }
  });
  simulation.schedule(5000, () => clock.setHz(500e6));
  simulation.run();
  expect(log).toEqual([10_000, 30_000]);
});

test('misuse is told by name', () => {
  const simulation = new Simulation();
  const clock = new ClockDomain(simulation, 'bus', 1e9);
  const link = new Link(simulation, 'bus', { clock, bytesPerCycle: 4 });
  const port = link.port('dma');
  const burst = { clock, bytesPerCycle: 4, arbitration: 'round-robin', burstBytes: 6 } as const;
  expect(() => new Link(simulation, 'b', { clock, bytesPerCycle: 0 })).toThrow(
    'link "b": expected bytesPerCycle above 0',
  );
  expect(() => new Link(simulation, 'b', burst)).toThrow(
    'link "b": burstBytes must be a multiple of 4, got 6',
  );
  expect(() => port.transfer(1.5)).toThrow('link port "bus.dma": expected whole bytes from 0, got 1.5');
  port.transfer(1);
  expect(() => port.transfer(1)).toThrow('link port "bus.dma": transfer() without yield');
});
