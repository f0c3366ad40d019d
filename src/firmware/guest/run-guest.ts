import type { Board } from '../../boards/board/board.ts';
import type { TraceRecord } from '../../engine/trace-record.ts';
import { BEAT } from './bytecode/heap-hooks.ts';
import { ALWAYS_SHIM, DirectCalls, type DirectTurn } from './direct/direct-calls.ts';
import type { BoardHeap } from './heap/board-heap.ts';
import { heapModule } from './heap/heap-module.ts';
import { boardHeapOf, runModule } from './run-heap.ts';
import { loadCountedMicroPython, type CountedMicroPython } from './bytecode/load-micropython.ts';
import type { CameraSource, Frame } from '../hardware/devices.ts';
import type { FlashWriteView } from '../hardware/flash-image.ts';
import type { ScriptedDevice } from '../hardware/scripted-device.ts';
import { findNewerSyntax } from './newer-syntax.ts';
import { endingOf, refusal, type Ending } from './ending.ts';
import { interruptModule } from './interrupt-calls.ts';
import type { InterruptFailure } from '../hardware/interrupts.ts';
import { recordsOf, type TraceColumns } from '../hardware/session-trace.ts';
import type { PinUse } from '../hardware/pin-bank.ts';
import { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { joinHostModules } from '../host-module.ts';
import type { FirmwareKit } from '../kit.ts';
import { kitOf } from '../kits.ts';
import { withSandbox, type SandboxOptions } from './python-sandbox.ts';
import type { Spent } from '../hardware/ledger.ts';
import { ScriptClock, type RunLimits, type StoppedBy } from './script-clock.ts';
import type { GuestFileSet, WrittenFile } from './guest-files.ts';
import { installFiles } from './install-files.ts';
import { writtenFiles } from './board-files.ts';
import { GuestOutput } from './guest-output.ts';
import { MissingNames } from './missing-names.ts';
import { guestStorage } from './guest-storage.ts';
import { reportFrames, type FrameReport } from '../../simulate/frame/frame-report.ts';
import type { FrameSettings } from '../../simulate/frame/frame-system.ts';
import { msFromPs } from '../../units.ts';

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

/** What the interpreter's heap has above the board's, for the shims and what they leave behind between two collections. */
const SHIM_HEAP_BYTES = 2 ** 20;
const GUEST_MEMORY_BYTES = 64 * 2 ** 20;
const PYSTACK_WORDS = 8192;

/** How a run is watched and ended from outside of it. */
interface Watch {
  /** Told when the script calls into the board and when it is back. */
  readonly onProgress?: ((isInside: boolean) => void) | undefined;
  readonly isInterrupted?: (() => boolean) | undefined;
}

/** What of a run stands before its interpreter is loaded. */
interface Stage {
  readonly hardware: VirtualHardware;
  readonly output: GuestOutput;
  readonly clock: ScriptClock;
  /** The interpreter that is counted is loaded last: it must be given the host's functions. */
  guest?: CountedMicroPython;
  heap?: BoardHeap;
  direct?: DirectCalls;
  readonly missing: MissingNames;
}

/** A result whose records are still in columns, for another thread. */
export type GuestColumns = Omit<GuestResult, 'records'> & { readonly columns: TraceColumns };

/**
 * Runs one script on a virtual board in this realm, which must run nothing else of MicroPython meanwhile: one worker a
 * run. Throws SpecError for a board that runs no scripts; what the script does wrong is in the result.
 */
export async function runGuest(
  request: GuestRequest,
  onProgress?: (isInside: boolean) => void,
  isInterrupted?: () => boolean,
): Promise<GuestResult> {
  const { columns, ...rest } = await runInColumns(request, onProgress, isInterrupted);
  return { ...rest, records: recordsOf(columns) };
}

/** As `runGuest`, with the records in columns. */
export async function runInColumns(
  request: GuestRequest,
  onProgress?: (isInside: boolean) => void,
  isInterrupted?: () => boolean,
): Promise<GuestColumns> {
  const stage = setStage(request, { onProgress, isInterrupted });
  const { hardware, clock } = stage;
  const kit = kitOf(request.board);
  const source = {
    script_source: () => request.script.source,
    board_interpreter: () => JSON.stringify(kit.interpreter),
  };
  const [calls, gc] = [interruptModule(stage), heapModule(() => stage.heap!)];
  const host = joinHostModules([runModule(stage), gc, source, calls, ...kit.modules(hardware)]);
  const takeBeat = () => beat(stage, isInterrupted);
  const callDirect: SandboxOptions['callDirect'] = (...call) => stage.direct!.call(...call);
  const guest = await loadGuest(request, stage, { host, takeBeat, callDirect });
  stage.guest = guest;
  stage.direct = new DirectCalls(guest.direct, turnOf(stage));
  hardware.directs.set('measured', ALWAYS_SHIM);
  stage.heap = boardHeapOf(stage, guest.heap);
  hardware.storage = guestStorage(guest);
  guest.mp.registerJsModule('vhw', host);
  installFiles(guest, request, kit);
  return resultOf(stage, request, stage.missing.judge(runScript(guest, clock, request, kit)));
}

/** Board, output and clock of a run, wired to each other. */
function setStage(request: GuestRequest, { onProgress, isInterrupted }: Watch): Stage {
  const hardware = hardwareOf(request);
  const output = new GuestOutput(hardware);
  hardware.console = output.show;
  const meter = {
    bytecodes: () => stage.guest!.bytecodes(),
    setLimit: (count: number) => stage.guest!.setLimit(count),
    setDue: (count: number) => stage.guest!.setDue(count),
    setBounds: (limit: number, due: number, now: number) => stage.guest!.meter.setBounds(limit, due, now),
    hold: () => stage.guest!.meter.hold(),
    release: () => stage.guest!.meter.release(),
    skip: (count: number) => stage.guest!.meter.skip(count),
  };
  const clock = new ScriptClock(hardware, meter, request);
  const missing = new MissingNames(request.allowMissing ?? false);
  const stage: Stage = { hardware, output, clock, missing };
  clock.onProgress = (isInside) => {
    onProgress?.(isInside);
    if (!isInside && clock.hasBegun && isInterrupted?.()) clock.stop('interrupt');
  };
  clock.onSettle = () => output.settle();
  output.onFull = () => {
    clock.catchUp();
    clock.stop('output limit');
  };
  output.onWritten = () => clock.catchUp();
  return stage;
}

/** When a call may go without its shim. */
function turnOf({ clock, missing }: Stage): DirectTurn {
  return {
    canSkipShim: () => !missing.isFatal && clock.canSkipShim(),
    enterDirect: () => clock.enterDirect(),
    leaveDirect: (hasEntered) => clock.leaveDirect(hasEntered),
  };
}

/** Takes what the interpreter wants of the host; false where its call is for a random number. */
function beat({ guest, clock, heap, missing }: Stage, isInterrupted?: () => boolean): boolean {
  const what = guest?.takeBeat() ?? 0;
  if (what === BEAT.collect) heap?.sweep();
  if (what === BEAT.room) heap?.makeRoom();
  if (what !== BEAT.heartbeat) return what !== 0;
  clock.betweenBytecodes();
  if (missing.isFatal) clock.stop('exception');
  if (clock.hasBegun && isInterrupted?.()) clock.stop('interrupt');
  return true;
}

function resultOf(
  { hardware, output, missing, guest }: Stage,
  request: GuestRequest,
  ending: Ending,
): GuestColumns {
  const frames = framesOf(hardware, request);
  const displayPng = hardware.display?.png();
  return {
    stdout: output.text,
    ...ending,
    simulatedPs: hardware.nowPs,
    columns: hardware.trace.columns(),
    droppedRecords: hardware.trace.dropped,
    droppedEdges: hardware.trace.droppedEdges,
    callbackFailures: hardware.interrupts.failures,
    missing: missing.names,
    written: writtenFiles(guest!.mp.FS, request.files ?? {}, request.keepsFiles ?? false),
    spent: hardware.spent,
    overheads: hardware.spent.filter(({ on }) => on === 'overhead'),
    pins: hardware.pins.uses(),
    ...(displayPng && { displayPng }),
    sent: Object.fromEntries([...hardware.sent].map(([path, bytes]) => [path, Uint8Array.from(bytes)])),
    ...(frames && { frames }),
  };
}

function framesOf({ frames: loop }: VirtualHardware, request: GuestRequest): FrameReport | undefined {
  if (!request.reportsFrames || !loop) return undefined;
  return reportFrames(loop.player.frames, loop.tape.ops, request.board, request.frames ?? {});
}

function hardwareOf(request: GuestRequest): VirtualHardware {
  const { board, limitPs, flash, files = {}, pictures, devices, records, edges, frames } = request;
  return new VirtualHardware({
    ...{ board, limitPs, files: new Map(Object.entries(files)) },
    ...(flash && { flash }),
    ...(devices && { devices }),
    ...(pictures && { camera: cameraOf(pictures) }),
    ...(records !== undefined && { records }),
    ...(edges !== undefined && { edges }),
    ...(frames && { frames }),
  });
}

function loadGuest(
  { wasm }: GuestRequest,
  { hardware, output }: Stage,
  parts: Pick<SandboxOptions, 'host' | 'takeBeat' | 'callDirect'>,
): Promise<CountedMicroPython> {
  return withSandbox({ ...parts, nowMs: () => msFromPs(hardware.nowPs) }, () =>
    loadCountedMicroPython({
      ...{
        heapsize: hardware.script.heapBytes.value + SHIM_HEAP_BYTES,
        pystack: PYSTACK_WORDS,
        linebuffer: false,
        stdin: () => null,
      },
      ...(wasm && { wasm }),
      maxMemoryBytes: GUEST_MEMORY_BYTES,
      stdout: output.write,
      stderr: output.write,
    }),
  );
}

function cameraOf(pictures: readonly Picture[]): CameraSource {
  const at = (index: number) => pictures[index % pictures.length];
  return { count: pictures.length, nameOf: (index) => at(index).name, frame: at };
}

function runScript(
  { mp }: CountedMicroPython,
  clock: ScriptClock,
  { script }: GuestRequest,
  { interpreter, bootNames = {} }: FirmwareKit,
): Ending {
  const newer = findNewerSyntax(script.source, interpreter);
  if (newer) return refusal(script.name, newer);
  try {
    mp.runPython(
      `globals().pop('_run')(${JSON.stringify(script.name)}, globals(), ${JSON.stringify(bootNames)})`,
    );
    clock.settle();
    return { stoppedBy: clock.stoppedBy ?? 'end of script' };
  } catch (error) {
    return endingOf(error, clock);
  }
}
