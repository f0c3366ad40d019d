import { cyclesFromPs, psFromCycles, type Bytes, type Cycles, type Hz, type Ps } from '../units.ts';
import type { ClockDomain } from './clock-domain.ts';
import type { EventHandle } from './event-queue.ts';
import { LinkPort } from './link-port.ts';
import { PRIORITY } from './priority.ts';

import type { Part } from './model-part.ts';
import type { Simulation } from './simulation.ts';
import { UsageMeter, type Usage } from './usage-meter.ts';
import { WaitList } from './wait-list.ts';
import type { Waiter } from './waiting.ts';

/** A bus, memory port or serial line, as data. */
export interface LinkOptions {
  readonly clock: ClockDomain;
  /** May be below 1: a serial line takes several cycles for a byte. */
  readonly bytesPerCycle: number;
  /** Whole transfers in order of arrival, or one burst per port in turn while ports compete. */
  readonly arbitration?: 'fifo' | 'round-robin';
  /** For round-robin; must be whole beats, a multiple of `bytesPerCycle`. */
  readonly burstBytes?: Bytes;
}

/**
 * Bytes moved between ports one beat at a time; a beat moves `bytesPerCycle`, a last part of a beat costs a whole one.
 * While one port alone asks, its transfer is a single event; a competitor takes over at the next end of a burst, as if
 * every burst had been an event. Ends of bursts are counted in cycles from the beginning of the busy period and
 * rounded once, so that contention loses nothing to rounding. A burst that has begun keeps its clock's frequency.
 */
export class Link implements Part {
  readonly name: string;
  readonly #simulation: Simulation;
  readonly #clock: ClockDomain;
  readonly #bytesPerCycle: number;
  readonly #burstBytes: Bytes;
  readonly #roundRobin: boolean;
  readonly #queues: WaitList[] = [];
  readonly #ports: LinkPort[] = [];
  readonly #meter = new UsageMeter(1);
  readonly #onEnd = (): void => this.#end();
  #waiting = 0;
  // The queue in service, or -1; the bytes after which it may change; the event of that.
  #active = -1;
  #grantBytes: Bytes = 0;
  #grantPs: Ps = 0;
  #ending: EventHandle = 0;
  // Beats since the busy period, or the last change of frequency, began.
  #anchorPs: Ps = 0;
  #anchorCycles: Cycles = 0;
  #anchorHz: Hz = 0;

  constructor(simulation: Simulation, name: string, options: LinkOptions) {
    const { clock, bytesPerCycle, arbitration = 'fifo', burstBytes = Infinity } = options;
    if (!(bytesPerCycle > 0))
      throw new RangeError(`link "${name}": expected bytesPerCycle above 0, got ${bytesPerCycle}`);
    if (arbitration === 'round-robin' && !(burstBytes > 0 && Number.isInteger(burstBytes / bytesPerCycle))) {
      throw new RangeError(
        `link "${name}": burstBytes must be a multiple of ${bytesPerCycle}, got ${burstBytes}`,
      );
    }
    this.#simulation = simulation;
    this.name = name;
    this.#clock = clock;
    this.#bytesPerCycle = bytesPerCycle;
    this.#roundRobin = arbitration === 'round-robin';
    this.#burstBytes = burstBytes;
    simulation.register(this);
  }

  /** A new requester; under round-robin, turns go in the order in which ports were made. */
  port(name: string): LinkPort {
    if (this.#roundRobin || this.#queues.length === 0) this.#queues.push(new WaitList());
    const queue = this.#queues.length - 1;
    const port = new LinkPort(this, `${this.name}.${name}`, queue);
    this.#ports.push(port);
    return port;
  }

  /** Busy while bytes move; waiting counts processes other than the one served. */
  usage(): Usage {
    return this.#meter.read(this.#simulation.nowPs);
  }

  /** For ports only. */
  enqueue(queue: number, process: Waiter): void {
    this.#queues[queue].append(process);
    this.#waiting++;
    if (this.#active === -1) {
      this.#anchor();
      this.#begin(queue);
    } else if (queue !== this.#active) {
      this.#cutAtBurst();
    }
    this.#measure();
  }

  reset(): void {
    for (const queue of this.#queues) queue.clear();
    for (const port of this.#ports) port.reset();
    this.#meter.reset();
    this.#active = -1;
    this.#waiting = 0;
  }

  describe(): unknown {
    return {
      waiting: this.#queues.map((queue) => queue.names()),
      requestedBytes: this.#ports.map((port) => port.requestedBytes),
      service: [
        this.#active,
        this.#grantBytes,
        this.#grantPs,
        this.#anchorPs,
        this.#anchorCycles,
        this.#anchorHz,
      ],
      usage: this.usage(),
    };
  }

  #begin(queue: number): void {
    const { amount } = this.#queues[queue].first!;
    const alone = this.#waiting === this.#queues[queue].length;
    if (this.#clock.hz !== this.#anchorHz) this.#anchor();
    this.#active = queue;
    this.#grantPs = this.#simulation.nowPs;
    this.#endAfter(alone ? amount : Math.min(amount, this.#burstBytes));
  }

  #end(): void {
    const queue = this.#queues[this.#active];
    const process = queue.first!;
    this.#anchorCycles += this.#cycles(this.#grantBytes);
    process.amount -= this.#grantBytes;
    if (process.amount === 0) {
      this.#waiting--;
      this.#simulation.wake(queue.shift());
    }
    this.#serveNext();
    this.#measure();
  }

  #serveNext(): void {
    const count = this.#queues.length;
    for (let turn = 1; turn <= count; turn++) {
      const queue = (this.#active + turn) % count;
      if (this.#queues[queue].length > 0) return this.#begin(queue);
    }
    this.#active = -1;
  }

  // The first end of a burst after this instant, unless the grant ends before: a burst that has begun is finished.
  #cutAtBurst(): void {
    const { nowPs } = this.#simulation;
    if (this.#grantBytes <= this.#burstBytes) return;
    const burstCycles = this.#burstBytes / this.#bytesPerCycle;
    let bursts = Math.floor(cyclesFromPs(nowPs - this.#grantPs, this.#anchorHz) / burstCycles);
    while (this.#endPs(bursts * this.#burstBytes) <= nowPs) bursts++;
    if (bursts * this.#burstBytes >= this.#grantBytes) return;
    this.#simulation.cancel(this.#ending);
    this.#endAfter(bursts * this.#burstBytes);
  }

  #endAfter(bytes: Bytes): void {
    this.#grantBytes = bytes;
    const delayPs = this.#endPs(bytes) - this.#simulation.nowPs;
    this.#ending = this.#simulation.schedule(delayPs, this.#onEnd, PRIORITY.hardware);
  }

  #endPs(grantedBytes: Bytes): Ps {
    return this.#anchorPs + psFromCycles(this.#anchorCycles + this.#cycles(grantedBytes), this.#anchorHz);
  }

  #cycles(bytes: Bytes): Cycles {
    return Math.ceil(bytes / this.#bytesPerCycle);
  }

  #anchor(): void {
    this.#anchorPs = this.#simulation.nowPs;
    this.#anchorCycles = 0;
    this.#anchorHz = this.#clock.hz;
  }

  #measure(): void {
    const busy = this.#active === -1 ? 0 : 1;
    this.#meter.set(this.#simulation.nowPs, busy, this.#waiting - busy);
  }
}
