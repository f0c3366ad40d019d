import type { Board, Constant, ScriptRuntime } from '../../boards/board/board.ts';
import { SpecError } from '../../errors.ts';
import { coreHzOf } from '../../simulate/schedule.ts';
import { psFromCycles, type Ps } from '../../units.ts';
import { Clockworks } from './clockworks.ts';
import type { CameraSource, DisplayState, ImageStore } from './devices.ts';
import type { FlashWriteView } from './flash-image.ts';
import { Interrupts } from './interrupts.ts';
import { Ledger, type Spent, type SpentOn } from './ledger.ts';
import { PinBank } from './pin-bank.ts';
import type { ScriptedDevice } from './scripted-device.ts';
import { SessionTrace } from './session-trace.ts';

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
  /** Keeps spans and counters of the units, not only the edges of pins. */
  readonly records?: boolean;
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
  /** Where bytes for `stdout` go that a device took from the board. */
  console: ((bytes: Uint8Array) => void) | undefined;
  /** What devices took from the board, by the file that it goes to. */
  readonly sent = new Map<string, number[]>();
  /** Set by the image module (`vision/`): what other modules may ask of images. */
  images: ImageStore | undefined;
  /** Set by the display module (`vision/`): what the screen shows. */
  display: DisplayState | undefined;
  readonly coreHz: number;
  readonly #ledger = new Ledger();
  #nowPs: Ps = 0;

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
    this.trace = new SessionTrace(records);
    this.pins = new PinBank(this.trace, () => this.#nowPs, this.#ledger);
    this.coreHz = coreHzOf(board);
  }

  get nowPs(): Ps {
    return this.#nowPs;
  }

  /** Lets simulated time pass that is no overhead: a sleep, a wait for a device, an inference. */
  advancePs(durationPs: Ps, name = 'wait', on: SpentOn = 'wait'): void {
    this.#ledger.add(name, on, 1, durationPs);
    this.#pass(durationPs, on === 'wait');
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
    const ps = psFromCycles(coreCycles, this.coreHz);
    this.#ledger.add(name, 'overhead', count, ps);
    this.#pass(ps, false);
  }

  /**
   * Time goes on, and timers and PWM with it. An interrupt that is served meanwhile takes its time on top of the core's own
   * work; a wait for an instant is not longer for it.
   */
  #pass(durationPs: Ps, isWait: boolean): void {
    const endPs = this.#nowPs + durationPs;
    let leftPs = durationPs;
    for (let next = this.clockworks.next(); next; next = this.clockworks.next()) {
      const untilPs = next.nextPs - this.#nowPs;
      if (untilPs > leftPs) break;
      this.#nowPs += Math.max(untilPs, 0);
      leftPs -= Math.max(untilPs, 0);
      next.happen();
      if (isWait) leftPs = Math.max(endPs - this.#nowPs, 0);
    }
    this.#nowPs += leftPs;
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
