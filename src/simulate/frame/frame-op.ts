import type { Board } from '../../boards/board/board.ts';
import type { Program } from '../../deploy/program.ts';
import type { Bytes, Cycles, Hz, Ps } from '../../units.ts';
import type { FrameData } from './camera-unit.ts';
import type { FrameShape } from './sensor-timing.ts';

/** Frames begin: the script reset or set up the sensor. */
export interface StartOp {
  readonly kind: 'start';
  readonly shape: FrameShape;
  readonly data: FrameData;
  /** What the script asked for; the firmware's defaults where absent. */
  readonly cameraHz?: Hz;
  readonly buffers?: number;
}

/** From the next frame on, other lines go into memory. */
export interface WindowOp {
  readonly kind: 'window';
  readonly data: FrameData;
}

/** Work of the core by its clock, with what it moves through the frames' memory. */
export interface WorkOp {
  readonly kind: 'work';
  readonly coreCycles: Cycles;
  readonly durationPs: Ps;
  readonly bytes: Bytes;
  /** A loop that the second core shares, by its name. */
  readonly shared?: string;
}

/** A wait that no clock of the core shortens: sleeping, or a device with pauses of its own. */
export interface WaitOp {
  readonly kind: 'wait';
  readonly durationPs: Ps;
}

export interface InferenceOp {
  readonly kind: 'inference';
  readonly program: Program;
  /** What the program was priced for; it may place weights elsewhere than the board of the loop. */
  readonly board: Board;
  readonly durationPs: Ps;
}

/** `snapshot()` up to where the frame is whole; `isSkipped` where the script never sees it. */
export interface CaptureOp {
  readonly kind: 'capture';
  readonly isSkipped: boolean;
}

/** Bytes to the screen; a fill comes out of one word. */
export interface SendOp {
  readonly kind: 'send';
  readonly bytes: Bytes;
  readonly isFill: boolean;
  /** The core goes on meanwhile, and waits only for what was sent before. */
  readonly isBehind?: boolean;
  readonly askedHz: Hz;
}

/** What a script does, as far as frames are concerned. */
export type FrameOp = StartOp | WindowOp | WorkOp | WaitOp | InferenceOp | CaptureOp | SendOp;
