import type { Board } from '../../boards/board/board.ts';
import type { TraceRecord } from '../../engine/trace-record.ts';
import type { FrameReport } from '../../simulate/frame/frame-report.ts';
import type { FrameSettings } from '../../simulate/frame/frame-system.ts';
import type { Frame } from '../hardware/devices.ts';
import type { FlashWriteView } from '../hardware/flash-image.ts';
import type { InterruptFailure } from '../hardware/interrupts.ts';
import type { Spent } from '../hardware/ledger.ts';
import type { PinUse } from '../hardware/pin-bank.ts';
import type { ScriptedDevice } from '../hardware/scripted-device.ts';
import type { GuestFileSet, WrittenFile } from './guest-files.ts';
import type { RunLimits, StoppedBy } from './script-clock.ts';

/** Pictures that the camera shows one after the other. */
export interface Picture extends Frame {
  readonly name: string;
}

/** A run as plain data: crosses threads. */
export interface GuestRequest extends RunLimits, GuestFileSet {
  readonly board: Board;
  readonly script: { readonly name: string; readonly source: string };
  /** MicroPython's module as the package ships it; where absent, the package finds its own. */
  readonly wasm?: Uint8Array;
  readonly flash?: readonly FlashWriteView[];
  readonly pictures?: readonly Picture[];
  /** What is wired to the board's buses. */
  readonly devices?: readonly ScriptedDevice[];
  /** Keeps spans and counters of the units for a trace. */
  readonly records?: boolean;
  /** Keeps the edges of pins among the records; true where absent. What they come to is in `pins` in any case. */
  readonly edges?: boolean;
  /** Choices about camera and screen. */
  readonly frames?: FrameSettings;
  /** Reports what became of the camera's frames. */
  readonly reportsFrames?: boolean;
  /** Makes what is not modelled an exception that the script can catch. */
  readonly allowMissing?: boolean;
  /** Brings the bytes of files that the script wrote out of the run; their names come in any case. */
  readonly keepsFiles?: boolean;
}

/** What a run gave, as plain data. */
export interface GuestResult {
  readonly stdout: string;
  readonly stoppedBy: StoppedBy;
  /** The uncaught exception: its traceback as MicroPython prints it. */
  readonly exception?: { readonly type: string; readonly traceback: string };
  readonly simulatedPs: number;
  readonly records: readonly TraceRecord[];
  readonly droppedRecords: number;
  /** Edges of pins beyond those that are kept. */
  readonly droppedEdges: number;
  /** Where the run's time went, by name. */
  readonly spent: readonly Spent[];
  /** What of that is work of the firmware and the script themselves. */
  readonly overheads: readonly Spent[];
  /** Pins that the script used, in order of first use. */
  readonly pins: Readonly<Record<string, PinUse>>;
  readonly displayPng?: Uint8Array;
  /** What devices took from the board, by the file that they name. */
  readonly sent: Readonly<Record<string, Uint8Array>>;
  /** Exceptions of functions that were called for an interrupt: the board prints them, and the script goes on. */
  readonly callbackFailures: readonly InterruptFailure[];
  /** Where it was asked for and the script took two frames. */
  readonly frames?: FrameReport;
  /** What the script asked for that the board has and that is not modelled. */
  readonly missing: readonly string[];
  /** Files that the script wrote on the board. */
  readonly written: readonly WrittenFile[];
}
