import type { Ps } from '../../units.ts';

/** What became of one frame that a script took, and where the time since the one before went. */
export interface FrameRecord {
  /** Its place among all frames that the sensor sent. */
  readonly number: number;
  /** Frames that the sensor sent since the one before and nobody took. */
  readonly lost: number;
  readonly startPs: Ps;
  readonly readyPs: Ps;
  /** When `snapshot` had it. */
  readonly takenPs: Ps;
  /** Of the core, since the frame before was taken. */
  readonly waits: FrameWaits;
  /** When the first picture that came after it was on the screen. */
  shownPs: Ps | null;
}

/** Where the core's time went between two frames; together it is their distance. */
export interface FrameWaits {
  cameraPs: Ps;
  screenPs: Ps;
  busPs: Ps;
  interruptPs: Ps;
  inferencePs: Ps;
  /** The script's bytecodes and the firmware's functions. */
  workPs: Ps;
  sleepPs: Ps;
}

export function noWaits(): FrameWaits {
  return {
    ...{ cameraPs: 0, screenPs: 0, busPs: 0, interruptPs: 0, inferencePs: 0, workPs: 0, sleepPs: 0 },
  };
}
