import { ClockDomain } from '../../engine/clock-domain.ts';
import { Link } from '../../engine/link.ts';
import type { LinkPort } from '../../engine/link-port.ts';
import { Signal } from '../../engine/signal.ts';
import type { Simulation } from '../../engine/simulation.ts';
import type { ProcessBody } from '../../engine/waiting.ts';
import type { Bytes, Hz, Ps } from '../../units.ts';
import { FRAME_PRIORITY } from './frame-priority.ts';
import type { SpanSink } from './span-sink.ts';

/** What is read from memory and sent in one go. */
const PART_BYTES: Bytes = 512;

/** Bytes for the screen; a fill comes out of one word and not out of a picture. */
export interface Transfer {
  readonly bytes: Bytes;
  readonly isFill: boolean;
  readonly onShown: (atPs: Ps) => void;
}

/** Bytes of a picture on their way. */
interface Progress {
  readonly total: Bytes;
  fetched: Bytes;
  sent: Bytes;
}

export interface ScreenParts {
  readonly simulation: Simulation;
  /** Where the picture is read from. */
  readonly memory: LinkPort;
  readonly sink: SpanSink | null;
}

export interface ScreenBus {
  readonly hz: Hz;
  readonly bytesPerClock: number;
}

/** A screen behind a serial bus: bytes are read from memory a little ahead of the bus that takes them away. */
export class ScreenUnit {
  readonly #parts: ScreenParts;
  readonly #clock: ClockDomain;
  readonly #bus: LinkPort;
  readonly #fetched: Signal;
  readonly #room: Signal;
  readonly #idle: Signal;
  #isBusy = false;

  constructor(parts: ScreenParts, { hz, bytesPerClock }: ScreenBus) {
    this.#parts = parts;
    this.#clock = new ClockDomain(parts.simulation, 'screen', hz);
    const bus = new Link(parts.simulation, 'screen bus', {
      clock: this.#clock,
      bytesPerCycle: bytesPerClock,
    });
    this.#bus = bus.port('screen');
    this.#fetched = new Signal(parts.simulation, 'screen data');
    this.#room = new Signal(parts.simulation, 'screen room');
    this.#idle = new Signal(parts.simulation, 'screen idle');
  }

  get hz(): Hz {
    return this.#clock.hz;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  setHz(hz: Hz): void {
    this.#clock.setHz(hz);
  }

  /** Waits until what was sent before is on the screen. */
  *settle(): ProcessBody {
    while (this.#isBusy) yield this.#idle;
  }

  /** Begins to send. */
  start(transfer: Transfer): void {
    this.#isBusy = true;
    const { simulation } = this.#parts;
    const body = () => this.#send(transfer);
    simulation.spawn(body, { name: 'screen', priority: FRAME_PRIORITY.screen });
  }

  *#send({ bytes, isFill, onShown }: Transfer): ProcessBody {
    const { simulation, sink } = this.#parts;
    const startPs = simulation.nowPs;
    const progress: Progress = { total: bytes, fetched: isFill ? bytes : 0, sent: 0 };
    if (!isFill) {
      simulation.spawn(() => this.#fetch(progress), { name: 'screen dma', priority: FRAME_PRIORITY.screen });
    }
    while (progress.sent < bytes) {
      const part = Math.min(PART_BYTES, bytes - progress.sent);
      while (progress.fetched < progress.sent + part) yield this.#fetched;
      yield this.#bus.transfer(part);
      progress.sent += part;
      this.#room.pulse();
    }
    sink?.span('screen', isFill ? 'fill' : 'picture', startPs, simulation.nowPs - startPs);
    this.#isBusy = false;
    onShown(simulation.nowPs);
    this.#idle.pulse();
  }

  /** Reads the picture one part ahead of the bus. */
  *#fetch(progress: Progress): ProcessBody {
    while (progress.fetched < progress.total) {
      while (progress.fetched > progress.sent + PART_BYTES) yield this.#room;
      const part = Math.min(PART_BYTES, progress.total - progress.fetched);
      yield this.#parts.memory.transfer(part);
      progress.fetched += part;
      this.#fetched.pulse();
    }
  }
}
