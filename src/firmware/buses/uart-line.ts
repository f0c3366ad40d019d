import type { UartDevice } from '../hardware/scripted-device.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { PS_PER_MS, PS_PER_SECOND, type Ps } from '../../units.ts';

interface Arrival {
  readonly atPs: Ps;
  readonly byte: number;
}

/** How a port was opened. */
export interface UartSettings {
  readonly baud: number;
  /** Bits of one character with start, parity and stop. */
  readonly bits: number;
  readonly bufferBytes: number;
}

/** How long a read waits, in ms: for its first character and for each further one. */
export interface UartPatience {
  readonly firstMs: number;
  readonly nextMs: number;
}

/** One end of a serial line. What arrives when the buffer is full is lost, as on the board. */
export class UartLine {
  readonly #hardware: VirtualHardware;
  readonly #name: string;
  readonly #device: UartDevice | undefined;
  #settings: UartSettings;
  #arrivals: Arrival[] = [];
  #received: number[] = [];

  constructor(hardware: VirtualHardware, port: number, settings: UartSettings) {
    this.#hardware = hardware;
    this.#name = `uart ${port}`;
    this.#device = hardware.devices
      .filter((device) => device.bus === 'uart')
      .find((device) => device.port === undefined || device.port === port);
    this.#settings = settings;
    this.#schedule();
  }

  /** Opens the port anew: what was received and not read is gone, what is still to come comes. */
  configure(settings: UartSettings): void {
    this.#settings = settings;
    this.#received = [];
    this.#schedule();
  }

  /** Sends; the core waits for the line. */
  write(bytes: Uint8Array): void {
    this.#hardware.waitOn(this.#name, Math.round(bytes.length * this.#characterPs));
    if (this.#device?.to !== undefined) this.#hardware.send(this.#device.to, bytes);
  }

  get waiting(): number {
    this.#receive();
    return this.#received.length;
  }

  /** Up to `count` characters, as many as come in time. */
  read(count: number, { firstMs, nextMs }: UartPatience): Uint8Array {
    const taken: number[] = [];
    while (taken.length < count) {
      this.#receive();
      if (this.#received.length > 0) {
        taken.push(...this.#received.splice(0, count - taken.length));
        continue;
      }
      if (!this.#await((taken.length === 0 ? firstMs : nextMs) * PS_PER_MS)) break;
    }
    return Uint8Array.from(taken);
  }

  /** Waits for the next character; false where none comes in time. */
  #await(patiencePs: Ps): boolean {
    const { nowPs, limitPs } = this.#hardware;
    const nextPs = this.#arrivals[0]?.atPs ?? Infinity;
    const isComing = nextPs <= nowPs + patiencePs;
    const untilPs = Math.min(isComing ? nextPs : nowPs + patiencePs, limitPs);
    if (untilPs > nowPs) this.#hardware.waitOn(this.#name, untilPs - nowPs);
    return isComing && nextPs <= this.#hardware.nowPs;
  }

  #receive(): void {
    const { nowPs } = this.#hardware;
    let arrived = 0;
    while (arrived < this.#arrivals.length && this.#arrivals[arrived].atPs <= nowPs) arrived++;
    for (const { byte } of this.#arrivals.splice(0, arrived)) {
      if (this.#received.length < this.#settings.bufferBytes) this.#received.push(byte);
    }
  }

  #schedule(): void {
    const { nowPs } = this.#hardware;
    let freePs = 0;
    this.#arrivals = [];
    for (const { atPs, bytes } of this.#device?.sends ?? []) {
      freePs = Math.max(freePs, atPs);
      for (const byte of bytes) {
        freePs += Math.round(this.#characterPs);
        if (freePs > nowPs) this.#arrivals.push({ atPs: freePs, byte });
      }
    }
  }

  get #characterPs(): Ps {
    return (this.#settings.bits * PS_PER_SECOND) / this.#settings.baud;
  }
}
