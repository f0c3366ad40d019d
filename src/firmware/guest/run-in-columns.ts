import { BEAT } from './bytecode/heap-hooks.ts';
import { ALWAYS_SHIM, DirectCalls, type DirectTurn } from './direct/direct-calls.ts';
import type { BoardHeap } from './heap/board-heap.ts';
import { heapModule } from './heap/heap-module.ts';
import { boardHeapOf, runModule } from './run-heap.ts';
import { loadCountedMicroPython, type CountedMicroPython } from './bytecode/load-micropython.ts';
import { findNewerSyntax } from './newer-syntax.ts';
import { endingOf, refusal, type Ending } from './ending.ts';
import { interruptModule } from './interrupt-calls.ts';
import type { TraceColumns } from '../hardware/session-trace.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { joinHostModules } from '../host-module.ts';
import type { FirmwareKit } from '../kit.ts';
import { kitOf } from '../kits.ts';
import { withSandbox, type SandboxOptions } from './python-sandbox.ts';
import { ScriptClock } from './script-clock.ts';
import { installFiles } from './install-files.ts';
import { writtenFiles } from './board-files.ts';
import { framesOf, hardwareOf } from './guest-hardware.ts';
import { NewsTeller, type GuestNews } from './guest-news.ts';
import { GuestOutput } from './guest-output.ts';
import type { GuestRequest, GuestResult } from './guest-request.ts';
import { MissingNames } from './missing-names.ts';
import { guestStorage } from './guest-storage.ts';
import { msFromPs } from '../../units.ts';

/** What the interpreter's heap has above the board's, for the shims and what they leave behind between two collections. */
const SHIM_HEAP_BYTES = 2 ** 20;
const PYSTACK_WORDS = 8192;

/** How a run is watched and ended from outside of it. */
interface Watch {
  /** Told when the script calls into the board and when it is back. */
  readonly onProgress?: ((isInside: boolean) => void) | undefined;
  readonly isInterrupted?: (() => boolean) | undefined;
  /** Told now and then what the run has given since. */
  readonly onNews?: ((news: GuestNews) => void) | undefined;
  /** What `compileCounted` gave, for instance in another thread. */
  readonly module?: WebAssembly.Module;
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
  readonly news?: NewsTeller;
}

/** A result whose records are still in columns, for another thread. */
export type GuestColumns = Omit<GuestResult, 'records'> & { readonly columns: TraceColumns };

/** As `runGuest`, with the records in columns. */
export async function runInColumns(request: GuestRequest, watch: Watch = {}): Promise<GuestColumns> {
  const stage = setStage(request, watch);
  const { hardware, clock } = stage;
  const kit = kitOf(request.board);
  const source = {
    script_source: () => request.script.source,
    board_interpreter: () => JSON.stringify(kit.interpreter),
  };
  const [calls, gc] = [interruptModule(stage), heapModule(() => stage.heap!)];
  const host = joinHostModules([runModule(stage), gc, source, calls, ...kit.modules(hardware)]);
  const takeBeat = () => beat(stage, watch.isInterrupted);
  const callDirect: SandboxOptions['callDirect'] = (...call) => stage.direct!.call(...call);
  const guest = await loadGuest({ ...request, ...watch }, stage, { host, takeBeat, callDirect });
  stage.guest = guest;
  stage.direct = new DirectCalls(guest.direct, turnOf(stage));
  hardware.directs.set('measured', ALWAYS_SHIM);
  stage.heap = boardHeapOf(stage, guest.heap);
  hardware.storage = guestStorage(guest);
  guest.mp.registerJsModule('vhw', host);
  installFiles(guest, request, kit);
  const ending = stage.missing.judge(runScript(guest, clock, request, kit));
  stage.news?.finish();
  return resultOf(stage, request, ending);
}

/** Board, output and clock of a run, wired to each other. */
function setStage(request: GuestRequest, { onProgress, isInterrupted, onNews }: Watch): Stage {
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
  const news = onNews && new NewsTeller({ hardware, output, onNews });
  const stage: Stage = { hardware, output, clock, missing, ...(news && { news }) };
  clock.onProgress = (isInside) => {
    onProgress?.(isInside);
    news?.look();
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

function loadGuest(
  { wasm, module }: Pick<GuestRequest, 'wasm'> & Pick<Watch, 'module'>,
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
      ...(module && { module }),
      stdout: output.write,
      stderr: output.write,
    }),
  );
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
