import type { Ps } from '../../units.ts';

/** A frame of the sensor that the firmware takes, from its start on. */
export interface CapturedFrame {
  /** Its place among all frames that the sensor has sent, from 0. */
  readonly number: number;
  readonly startPs: Ps;
  /** When its last byte lay in memory. */
  readyPs: Ps;
}

/**
 * Who owns which frame buffer. One buffer: a frame is taken only if the script waits for it as it begins. Several: as long
 * as one is neither held by the script nor full, with three the oldest full one is given up for a new frame.
 */
export class FrameBuffers {
  readonly count: number;
  #isAsked = false;
  #filling: CapturedFrame | null = null;
  #full: CapturedFrame[] = [];
  #held: CapturedFrame | null = null;

  constructor(count: number) {
    this.count = count;
  }

  /** A frame begins: it is taken, or null if it is lost. */
  begin(number: number, startPs: Ps): CapturedFrame | null {
    if (!this.#hasRoom()) return null;
    this.#filling = { number, startPs, readyPs: Number.NaN };
    return this.#filling;
  }

  /** The frame that was being filled is whole. */
  finish(readyPs: Ps): void {
    const frame = this.#filling!;
    frame.readyPs = readyPs;
    this.#filling = null;
    this.#full.push(frame);
  }

  /** The script asks for a frame: it gives back the one that it holds. */
  ask(): void {
    this.#held = null;
    this.#isAsked = true;
  }

  /** The oldest whole frame, which the script holds from now on; null if there is none yet. */
  take(): CapturedFrame | null {
    this.#held = this.#full.shift() ?? null;
    if (this.#held) this.#isAsked = false;
    return this.#held;
  }

  /** Whether frames can be taken while the script does something else. */
  get fillsBehind(): boolean {
    return this.count > 1;
  }

  #hasRoom(): boolean {
    if (this.#filling !== null) return false;
    if (this.count === 1) return this.#isAsked;
    const taken = this.#full.length + (this.#held ? 1 : 0);
    if (taken < this.count) return true;
    if (this.count < 3) return false;
    this.#full.shift();
    return true;
  }
}
