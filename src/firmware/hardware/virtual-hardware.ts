import type { Board, Constant, ScriptRuntime } from '../../boards/board/board.ts';
import { loadScripts } from '../../boards/runtimes/load-scripts.ts';
import { SpecError } from '../../errors.ts';
import { coreHzOf } from '../../simulate/schedule.ts';
import { NO_DELAYS } from '../../simulate/frame/busy-core.ts';
import type {
  CaptureOp,
  FrameOp,
  InferenceOp,
  SendOp,
  StartOp,
  WindowOp,
} from '../../simulate/frame/frame-op.ts';
import type { FrameSettings } from '../../simulate/frame/frame-system.ts';
import { psFromCycles, type Bytes, type Ps } from '../../units.ts';
import type { DirectFunction } from '../direct-function.ts';
import { Clockworks } from './clockworks.ts';
import type { CameraSource, DisplayState, GuestStorage, ImageStore } from './devices.ts';
import type { FlashWriteView } from './flash-image.ts';
import { FrameLoop } from './frame-loop.ts';
import { InputLines } from './input-lines.ts';
import { Interrupts } from './interrupts.ts';
import { Ledger, type InferencePart, type Spent, type SpentOn } from './ledger.ts';
import { PinBank } from './pin-bank.ts';
import type { ScriptedDevice } from './scripted-device.ts';
import { SessionTrace } from './session-trace.ts';

loadScripts();

export interface HardwareParts {
  readonly board: Board;
  /** Simulated time at which the run ends; none where absent. */
  readonly limitPs?: Ps;
  /** Images written into the flash, by address. */
  readonly flash?: readonly FlashWriteView[];
  /** Files that the guest finds, by path. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  readonly camera?: CameraSource;
  /** What is wired to the board's buses. */
  readonly devices?: readonly ScriptedDevice[];
  /** Keeps spans and counters of the units. */
  readonly records?: boolean;
  /** Keeps the edges of pins; true where absent. */
  readonly edges?: boolean;
  /** Choices about camera and screen. */
  readonly frames?: FrameSettings;
}

/** Bytecodes of the script, by their name in the ledger. */
export const BYTECODES = 'bytecode';

/**
 * One virtual board in a run: its simulated clock, pins, flash, files and devices. Host functions change it and say what
 * they cost with `spend`; the guest's bytecodes are charged in between (`script-clock.ts`).
 */
export class VirtualHardware {
  readonly board: Board;
  readonly script: ScriptRuntime;
  readonly limitPs: Ps;
  readonly trace: SessionTrace;
  readonly pins: PinBank;
  /** Timers and PWM channels, which run while time passes. */
  readonly clockworks = new Clockworks();
  readonly interrupts = new Interrupts();
  readonly flash: readonly FlashWriteView[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly camera: CameraSource | undefined;
  readonly devices: readonly ScriptedDevice[];
  /** What drives the board's inputs. */
  readonly inputs: InputLines;
  /** Where bytes for `stdout` go that a device took from the board. */
  console: ((bytes: Uint8Array) => void) | undefined;
  /** What devices took from the board, by the file that it goes to. */
  readonly sent = new Map<string, number[]>();
  /** Functions of the modules that Python calls without a shim where it can, by the name that the shim asks for. */
  readonly directs = new Map<string, DirectFunction>();
  /** Set by the image module (`vision/`): what other modules may ask of images. */
  images: ImageStore | undefined;
  /** Set by the display module (`vision/`): what the screen shows. */
  display: DisplayState | undefined;
  /** Set by the pin module of OpenMV: the camera's port gives a level to a pin of the header. */
  drivePin: ((name: string, level: 0 | 1) => void) | undefined;
  /** Set with the interpreter: its files, those that the script wrote included. */
  storage: GuestStorage | undefined;
  readonly coreHz: number;
  /** Camera and screen; null for a board whose scripts have none. */
  readonly frames: FrameLoop | null;
  readonly #ledger = new Ledger();
  #nowPs: Ps = 0;
  /** Time goes on: whatever happens then is an interrupt. */
  #isPassing = false;

  /** Throws a SpecError for a board that runs no scripts. */
  constructor(parts: HardwareParts) {
    const {
      board,
      limitPs = Infinity,
      flash = [],
      files = new Map(),
      camera,
      devices = [],
      records = false,
      edges = true,
      frames = {},
    } = parts;
    if (!board.runtime.script) {
      throw new SpecError(`board "${board.id}" has no runtime.script, so it runs no scripts`);
    }
    this.board = board;
    this.limitPs = limitPs;
    this.script = board.runtime.script;
    this.flash = flash;
    this.files = files;
    this.camera = camera;
    this.devices = devices;
    this.inputs = new InputLines(devices, this.clockworks);
    this.trace = new SessionTrace({ units: records, edges });
    this.pins = new PinBank(this.trace, () => this.#nowPs, this.#ledger);
    this.coreHz = coreHzOf(board);
    const path = this.script.frames;
    this.frames = path ? new FrameLoop(board, path, frames, this.trace, limitPs) : null;
  }

  /** A file as the script finds it by this path. */
  readFile(path: string): Uint8Array | undefined {
    return this.storage?.read(path) ?? this.files.get(path);
  }

  get nowPs(): Ps {
    return this.#nowPs;
  }

  /** Lets simulated time pass that is no overhead: a sleep, a wait for a device. */
  advancePs(durationPs: Ps, name = 'wait', on: SpentOn = 'wait'): void {
    this.#ledger.add(name, on, 1, durationPs);
    const ownPs = this.#pass(durationPs, on === 'wait');
    this.frames?.play({ kind: 'wait', durationPs: ownPs });
    this.#meetFrames();
  }

  /** An inference runs: it takes its span, and longer where camera or screen are in its way; parts are for the list. */
  infer(inference: Omit<InferenceOp, 'kind'>, parts: readonly InferencePart[]): void {
    for (const { name, ps } of parts) this.#ledger.add(name, 'inference', 1, ps);
    this.#play({ kind: 'inference', ...inference }, inference.durationPs);
  }

  /** Lets the camera or the screen do something that the core waits for; the time is listed under `name`. */
  wait(op: StartOp | WindowOp | CaptureOp | SendOp, name: string): void {
    const { frames } = this;
    if (!frames)
      throw new SpecError(`board "${this.board.id}" has no runtime.script.frames: no camera, no screen`);
    frames.play(op);
    const waitedPs = frames.nowPs - this.#nowPs;
    this.#ledger.add(name, 'wait', 1, waitedPs);
    this.#pass(waitedPs, true);
    this.#meetFrames();
  }

  /** Waits for a bus or a line, no longer than the run lasts; a trace shows it as a span. */
  waitOn(name: string, durationPs: Ps): void {
    const waitedPs = Math.min(durationPs, Math.max(0, this.limitPs - this.#nowPs));
    this.trace.span(name, 'transfer', this.#nowPs, waitedPs);
    this.advancePs(waitedPs, name);
  }

  /** Bytes that a device passes on to `stdout` or to a file. */
  send(to: string, bytes: Uint8Array): void {
    if (to === 'stdout') return this.console?.(bytes);
    const before = this.sent.get(to) ?? [];
    for (const byte of bytes) before.push(byte);
    this.sent.set(to, before);
  }

  /**
   * Charges `count` units of a native function by its name in the board's `runtime.script.calls`; fractions of a
   * picosecond are rounded once. Throws a SpecError for a name that the board does not price.
   */
  spend(name: string, count = 1): void {
    this.charge(name, this.#priceOf('calls', name).value * count, count);
  }

  /** Charges core cycles that are known already, listed under a name of the caller's. */
  charge(name: string, coreCycles: number, count = 1): void {
    this.#work(name, coreCycles, count, 0);
  }

  /** As `spend`, for a loop over a picture, which moves so many bytes and which a second core shares where there is one. */
  spendLoop(name: string, count: number, bytes: Bytes): void {
    const isShared = (this.frames?.path.loopCores.value ?? 1) > 1;
    this.#work(name, this.#priceOf('calls', name).value * count, count, bytes, isShared ? name : undefined);
  }

  #work(name: string, coreCycles: number, count: number, bytes: Bytes, shared?: string): void {
    const durationPs = psFromCycles(coreCycles, this.coreHz);
    this.#ledger.add(name, 'overhead', count, durationPs);
    const work = { kind: 'work', coreCycles, durationPs, bytes } as const;
    this.#play(shared === undefined ? work : { ...work, shared }, durationPs);
  }

  /** Something that takes its span, and longer where it is held up. */
  #play(op: FrameOp, durationPs: Ps): void {
    const { busPs, interruptPs } = this.frames?.play(op) ?? NO_DELAYS;
    if (busPs > 0) this.#ledger.add('memory bus (wait)', 'wait', 1, busPs);
    if (interruptPs > 0) this.#ledger.add('interrupts', 'overhead', 1, interruptPs);
    this.#pass(durationPs + busPs + interruptPs, false);
    this.#meetFrames();
  }

  /** What an interrupt did while the core waited has cost nothing, unless the camera was at work meanwhile. */
  #meetFrames(): void {
    if (this.frames && !this.#isPassing) this.#nowPs = this.frames.meet(this.#nowPs);
  }

  /**
   * Time goes on, and timers and PWM with it. An interrupt that is served meanwhile takes its time on top of the core's own
   * work; a wait for an instant is not longer for it. What a call takes behind the end of the run is one span in which nothing
   * happens. Returns what passed besides what interrupts took.
   */
  #pass(durationPs: Ps, isWait: boolean): Ps {
    const endPs = this.#nowPs + durationPs;
    let leftPs = durationPs;
    let ownPs = 0;
    const isOutermost = !this.#isPassing;
    this.#isPassing = true;
    for (let next = this.clockworks.next(); next; next = this.clockworks.next()) {
      const untilPs = next.nextPs - this.#nowPs;
      if (untilPs > leftPs || next.nextPs > this.limitPs) break;
      this.#nowPs += Math.max(untilPs, 0);
      ownPs += Math.max(untilPs, 0);
      leftPs -= Math.max(untilPs, 0);
      const passedPs = Math.min(this.#nowPs + leftPs, this.limitPs);
      const happening = next;
      next.happen(() => Math.min(passedPs, this.clockworks.nextInterruptBesides(happening)));
      if (isWait) leftPs = Math.max(endPs - this.#nowPs, 0);
    }
    this.#nowPs += leftPs;
    if (isOutermost) this.#isPassing = false;
    return ownPs + leftPs;
  }

  /** A wait of the board's data (`runtime.script.waits`), in ps. Throws a SpecError for an unknown name. */
  waitPs(name: string): Ps {
    return Math.round(this.#priceOf('waits', name).value * 1e9);
  }

  /** Where the whole run's time went, the dearest first. */
  get spent(): Spent[] {
    return this.#ledger.entries();
  }

  #priceOf(table: 'calls' | 'waits', name: string): Constant {
    const price = this.script[table][name];
    if (price) return price;
    throw new SpecError(`board "${this.board.id}": runtime.script.${table} has no price for "${name}"`);
  }
}
