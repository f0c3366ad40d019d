// Choices, all of processor time; the first is more than ten times what lies between two heartbeats.
/** In one operation of MicroPython, after which a guest is ended. */
const STUCK_MS = 1000;
/** The same in one call of the board, which may compute a large network; less where somebody wants the run to end. */
const STUCK_IN_BOARD_MS = 30_000;
const STUCK_WHEN_INTERRUPTED_MS = 2000;

/** What a look at a guest's thread sees, see `guest-worker.ts`. */
export interface GuestSigns {
  /** Heartbeats so far; 0 before the guest runs. */
  readonly beats: number;
  /** The board works for it, or its result is on the way. */
  readonly isInBoard: boolean;
  /** Somebody wants it to end. */
  readonly isInterrupted: boolean;
}

/** Tells from one look to the next whether a guest has stayed too long where no heartbeat comes, and where. */
export class GuestWatch {
  #seen = 0;
  #silentMs = 0;

  /** `busyMs`: processor time since the look before. Why the guest is to be ended, or undefined where it is not. */
  look({ beats, isInBoard, isInterrupted }: GuestSigns, busyMs: number): string | undefined {
    const isWorking = beats === 0 || beats !== this.#seen;
    this.#seen = beats;
    this.#silentMs = isWorking ? 0 : this.#silentMs + busyMs;
    if (!isInBoard) return this.#silentMs < STUCK_MS ? undefined : inOperation();
    if (isInterrupted && this.#silentMs >= STUCK_WHEN_INTERRUPTED_MS)
      return 'interrupted inside one call of the board, which did not come back: what the run gave so far is lost';
    return this.#silentMs < STUCK_IN_BOARD_MS ? undefined : inCall();
  }
}

function inOperation(): string {
  return `stopped: it stayed for more than ${STUCK_MS / 1000} s inside one operation of MicroPython, such as a huge number`;
}

function inCall(): string {
  return (
    `stopped: one call of the board took more than ${STUCK_IN_BOARD_MS / 1000} s of processor time; give it a smaller ` +
    'picture, array or network'
  );
}
