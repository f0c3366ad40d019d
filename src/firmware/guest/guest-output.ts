import type { VirtualHardware } from '../hardware/virtual-hardware.ts';

/** What a script may print before it is stopped. */
const MAX_OUTPUT_BYTES = 2 ** 20;
/** Printed bytes after which the clock is told at the latest: about 0.01 s of a slow serial line. */
const TOLD_BYTES = 128;
const LINE_END = 10;

/** Collects what the script prints and prices it by the byte when the clock settles. */
export class GuestOutput {
  readonly #hardware: VirtualHardware;
  #bytes = new Uint8Array(4096);
  #length = 0;
  #settled = 0;
  #isFull = false;
  /** Called when the script has printed more than it may. */
  onFull: (() => void) | undefined;
  /** Called now and then while a script prints. */
  onWritten: (() => void) | undefined;

  constructor(hardware: VirtualHardware) {
    this.#hardware = hardware;
  }

  get text(): string {
    return new TextDecoder().decode(this.#bytes.subarray(0, this.#length));
  }

  /** Bytes that were printed from the one of number `from` on, as a view. */
  bytesFrom(from: number): Uint8Array {
    return this.#bytes.subarray(from, this.#length);
  }

  /** For MicroPython's stdout without line buffer. */
  readonly write = (bytes: Uint8Array | string): void => {
    const added = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    if (this.#isFull || this.#length + added.length > MAX_OUTPUT_BYTES) {
      this.#close();
      return;
    }
    if (this.#length + added.length > this.#bytes.length) this.#grow();
    this.#bytes.set(added, this.#length);
    this.#length += added.length;
    if (this.#length - this.#settled >= TOLD_BYTES) this.onWritten?.();
  };

  /** What a device shows, among what the script prints: it costs the board nothing here. */
  readonly show = (bytes: Uint8Array): void => {
    this.settle();
    this.write(bytes);
    this.#settled = this.#length;
  };

  settle(): void {
    const printed = this.#length - this.#settled;
    this.#settled = this.#length;
    if (printed > 0) this.#hardware.spend('print.byte', printed);
  }

  /** What is kept ends with a whole line. */
  #close(): void {
    if (!this.#isFull) this.#length = this.#bytes.lastIndexOf(LINE_END, this.#length - 1) + 1 || this.#length;
    this.#isFull = true;
    this.onFull?.();
  }

  #grow(): void {
    const longer = new Uint8Array(2 * this.#bytes.length);
    longer.set(this.#bytes);
    this.#bytes = longer;
  }
}
