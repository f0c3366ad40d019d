import type { Bytes } from '../units.ts';
import type { Waitable, Waiter } from './waiting.ts';

/** What a port asks of its link. */
interface PortQueues {
  enqueue(queue: number, process: Waiter): void;
}

/** Where a requester meets a link. Transfers of one port are served in order. */
export class LinkPort implements Waitable {
  readonly name: string;
  /** For the link only: its place there. */
  readonly queue: number;
  /** Of all transfers so far, the ones in progress included. */
  requestedBytes: Bytes = 0;
  readonly #link: PortQueues;
  // What transfer asked for, until the yield that must follow.
  #askedBytes: Bytes = -1;

  constructor(link: PortQueues, name: string, queue: number) {
    this.#link = link;
    this.name = name;
    this.queue = queue;
  }

  /** To be yielded at once: `yield port.transfer(bytes)`. The process goes on when the last byte has moved. */
  transfer(bytes: Bytes): this {
    if (this.#askedBytes !== -1) throw new Error(`link port "${this.name}": transfer() without yield`);
    if (!(Number.isSafeInteger(bytes) && bytes >= 0))
      throw new RangeError(`link port "${this.name}": expected whole bytes from 0, got ${bytes}`);
    this.#askedBytes = bytes;
    return this;
  }

  suspend(process: Waiter): boolean {
    if (this.#askedBytes === -1)
      throw new Error(`link port "${this.name}": yield port.transfer(bytes), not the port`);
    process.amount = this.#askedBytes;
    this.requestedBytes += this.#askedBytes;
    this.#askedBytes = -1;
    if (process.amount === 0) return false;
    this.#link.enqueue(this.queue, process);
    return true;
  }

  /** For the link only. */
  reset(): void {
    this.requestedBytes = 0;
    this.#askedBytes = -1;
  }
}
