import { BYTECODES, type VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { PS_PER_SECOND } from '../../units.ts';

/** Why a run ended. */
export type StoppedBy =
  | 'pulses'
  | 'time limit'
  | 'no call of the board'
  | 'output limit'
  | 'interrupt'
  | 'end of script'
  | 'exception';

/** What the clock needs of the counted interpreter. */
export interface BytecodeMeter {
  bytecodes(): number;
  /** Count at which the script gets a KeyboardInterrupt; soon behind it a trap ends a script that swallows it. */
  setLimit(bytecodes: number): void;
}

export interface RunLimits {
  /** Ends the run when any pin has made so many pulses. */
  readonly pulses?: number;
  readonly limitPs: number;
}

/**
 * Most bytecodes without a call of the board, which is how a loop that only computes is told from one that works: about
 * 5 s of the slowest board's time, and about a second of ours.
 */
export const MAX_IDLE_BYTECODES = 12e6;

/** Bytecodes of `f()` as a statement in a module, with which `_vhw.py` is measured: name, call, drop. */
const STATEMENT_BYTECODES = 3;

/**
 * Charges the script's bytecodes to the hardware. Between two calls of native functions all bytecodes are the script's,
 * but for the few that a shim runs before `native_enter` and behind `native_leave`; those are measured once and taken off.
 */
export class ScriptClock {
  readonly #hardware: VirtualHardware;
  readonly #meter: BytecodeMeter;
  readonly #limits: RunLimits;
  #depth = 0;
  #mark = 0;
  /** Bytecodes of the shims around each call; unknown until the first gap between two calls was seen. */
  #shimBytecodes: number | undefined;
  #hasLeft = false;
  #hasBegun = false;
  #stoppedBy: StoppedBy | undefined;
  /** Bytecodes at the last call of the board. */
  #idleFrom = 0;
  #nextLimit: StoppedBy = 'time limit';
  /** Called when the script calls into the board and when it is back: the guest is alive. */
  onProgress: ((isInside: boolean) => void) | undefined;
  /** Called before the script's own time is charged: prices of what ran since, such as printed characters. */
  onSettle: (() => void) | undefined;

  constructor(hardware: VirtualHardware, meter: BytecodeMeter, limits: RunLimits) {
    this.#hardware = hardware;
    this.#meter = meter;
    this.#limits = limits;
    hardware.pins.onPulse = (_, pulses) => {
      if (limits.pulses !== undefined && pulses >= limits.pulses) this.stop('pulses');
    };
  }

  /** Whether the script itself runs, and not what is done before it. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** What ended the run from outside of the script, if anything did. */
  get stoppedBy(): StoppedBy | undefined {
    return this.#stoppedBy;
  }

  readonly module: HostModule = {
    native_enter: () => this.#enter(),
    native_leave: () => this.#leave(),
    script_begin: () => this.#begin(),
  };

  /** Ends the run: a KeyboardInterrupt at the next bytecode, a trap for a script that will not have it. */
  stop(reason: StoppedBy): void {
    if (this.#stoppedBy !== undefined) return;
    this.#stoppedBy = reason;
    this.#meter.setLimit(0);
  }

  /** Charges what the script ran since the last native call. */
  settle(): void {
    this.onSettle?.();
    const count = this.#meter.bytecodes();
    const executed = count - this.#mark;
    // Still inside of the shim that the mark has left out in advance.
    if (executed <= 0) return;
    this.#mark = count;
    this.#hardware.charge(BYTECODES, executed * this.#hardware.script.bytecodeCycles.value, executed);
  }

  /** Names what ended a script that got a KeyboardInterrupt by itself: its time, or the bytecodes it may run idle. */
  settleLimit(): StoppedBy {
    this.settle();
    return this.#nextLimit;
  }

  /** Charges what ran so far in the middle of the script's own work, so that its limit moves with its output. */
  catchUp(): void {
    if (!this.#hasBegun || this.#depth > 0) return;
    this.onProgress?.(false);
    this.settle();
    this.#arm();
  }

  #begin(): void {
    this.#hasBegun = true;
    this.onProgress?.(false);
    this.#shimBytecodes ??= 0;
    this.#mark = this.#idleFrom = this.#meter.bytecodes();
    this.#arm();
  }

  #enter(): void {
    if (this.#depth++ > 0) return;
    this.onProgress?.(true);
    if (this.#shimBytecodes === undefined) {
      if (this.#hasLeft) this.#shimBytecodes = this.#meter.bytecodes() - this.#mark - STATEMENT_BYTECODES;
      return;
    }
    if (this.#hasBegun) this.settle();
  }

  #leave(): void {
    if (--this.#depth > 0) return;
    this.onProgress?.(false);
    this.#hasLeft = true;
    this.#mark = this.#idleFrom = this.#meter.bytecodes() + (this.#shimBytecodes ?? 0);
    this.#arm();
  }

  #bytecodePs(): number {
    const { script, coreHz } = this.#hardware;
    return (script.bytecodeCycles.value * PS_PER_SECOND) / coreHz;
  }

  #arm(): void {
    if (!this.#hasBegun || this.#stoppedBy !== undefined) return;
    const leftPs = this.#limits.limitPs - this.#hardware.nowPs;
    if (leftPs <= 0) return this.stop('time limit');
    const [endOfTime, endOfIdling] = [
      this.#mark + leftPs / this.#bytecodePs(),
      this.#idleFrom + MAX_IDLE_BYTECODES,
    ];
    this.#nextLimit = endOfTime <= endOfIdling ? 'time limit' : 'no call of the board';
    this.#meter.setLimit(Math.min(endOfTime, endOfIdling));
  }
}
