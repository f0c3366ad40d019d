import { BYTECODES, type VirtualHardware } from '../hardware/virtual-hardware.ts';
import { SandboxError } from './python-sandbox.ts';
import { PS_PER_SECOND } from '../../units.ts';

/** Why a run ended. */
export type StoppedBy =
  | 'pulses'
  | 'time limit'
  | 'no call of the board'
  | 'output limit'
  | 'interrupts'
  | 'interrupt'
  | 'end of script'
  | 'exception';

/** What the clock needs of the counted interpreter. */
export interface BytecodeMeter {
  bytecodes(): number;
  /** Count at which the script gets a KeyboardInterrupt; soon behind it a trap ends a script that swallows it. */
  setLimit(bytecodes: number): void;
  /** Count at which `betweenBytecodes` is called in any case. */
  setDue(bytecodes: number): void;
  /** Both, as of when the count was `now`. */
  setBounds(limit: number, due: number, now: number): void;
  /** Nothing runs until `release`; returns how many may run then before either, or a heartbeat, comes. */
  hold(): number;
  release(): void;
  /** Counts bytecodes that did not run. */
  skip(bytecodes: number): void;
}

/** Bytecodes of the shim that calls a function of the script for an interrupt, before it and behind it. */
export interface CallerBytecodes {
  readonly before: number;
  readonly behind: number;
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

/** Most calls of the board inside of each other: shims call shims, a few deep. */
const MAX_DEPTH = 64;
/** Most calls of the board one after the other in no simulated time at all. */
const MAX_FREE_CALLS = 100_000;
/** Bytecodes by which `_boot.py` says that the script has ended: two names and a call. */
const END_BYTECODES = 3;
/** Bytecodes of `f()` as a statement in a module, with which `_vhw.py` is measured: name, call, drop. */
const STATEMENT_BYTECODES = 3;
/** Bytecodes that take as long as a dear call of the board: so far from any limit a shim's way need not be gone. */
const QUIET_BYTECODES = 10_000;

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
  /** Bytecodes when the host was last entered and left. */
  #enteredAt = 0;
  #leftAt = 0;
  /** Bytecodes of the shims around each call; unknown until the first gap between two calls was seen. */
  #shimBytecodes: number | undefined;
  /** Those of them before the call; unknown until a direct call had its shim run. */
  #bytecodesBefore: number | undefined;
  #directAt: number | undefined;
  #hasLeft = false;
  #lastLeftPs = 0;
  #freeCalls = 0;
  #hasBegun = false;
  #hasEnded = false;
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
    hardware.pins.lastPulse = limits.pulses ?? Infinity;
    hardware.pins.onLastPulse = () => this.stop('pulses');
  }

  /** Whether the script itself runs, and not what is done before it. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** What ended the run from outside of the script, if anything did. */
  get stoppedBy(): StoppedBy | undefined {
    return this.#stoppedBy;
  }

  /** Ends the run: a KeyboardInterrupt at the next bytecode, a trap for a script that will not have it. */
  stop(reason: StoppedBy): void {
    if (this.#stoppedBy !== undefined) return;
    this.#stoppedBy = reason;
    this.#meter.setLimit(0);
  }

  /** Charges what the script ran since the last native call. */
  settle(): void {
    if (this.#hasEnded) return;
    this.#settleTo(this.#meter.bytecodes());
  }

  #settleTo(count: number): void {
    this.onSettle?.();
    const executed = count - this.#mark;
    // Still inside of the shim that the mark has left out in advance.
    if (executed <= 0) return;
    this.#mark = count;
    this.#hardware.charge(BYTECODES, executed * this.#hardware.script.bytecodeCycles.value, executed);
  }

  /** The script has ended: what runs from here on is no part of it. */
  end(): void {
    if (!this.#hasEnded) this.#settleTo(this.#meter.bytecodes() - END_BYTECODES);
    this.#hasEnded = true;
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

  /** Before a bytecode: charges those that have run, and has the functions called that an interrupt is for. */
  betweenBytecodes(): void {
    const { clockworks, interrupts } = this.#hardware;
    const count = this.#meter.bytecodes();
    if (!interrupts.areWaiting && clockworks.nextInterruptPs === Infinity) return this.catchUp();
    if (!this.#hasBegun || this.#depth > 0) return this.#meter.setDue(Infinity);
    this.onProgress?.(false);
    const isInShim = count <= this.#mark;
    if (!isInShim) {
      this.#settleTo(count - 1);
      this.#callWaiting();
    }
    this.#arm();
  }

  /** What calls a function for an interrupt, by a call that has it call a native one. */
  measureCaller(call: () => void): CallerBytecodes {
    const startedAt = this.#meter.bytecodes();
    call();
    const shim = this.#shimBytecodes ?? 0;
    return {
      before: this.#enteredAt - startedAt,
      behind: this.#meter.bytecodes() - this.#leftAt - shim,
    };
  }

  /** Has a function of the script run now, at the script's own cost, whatever is in progress; then that goes on. */
  runInBetween(call: () => void, { before, behind }: CallerBytecodes): void {
    const [depth, owed] = [this.#depth, this.#meter.bytecodes() - this.#mark];
    this.#depth = 0;
    this.#mark = this.#meter.bytecodes() + before;
    this.#arm();
    this.onProgress?.(false);
    call();
    this.onProgress?.(depth > 0);
    this.#settleTo(this.#meter.bytecodes() - behind);
    this.#depth = depth;
    this.#mark = this.#meter.bytecodes() - owed;
    // A KeyboardInterrupt ended that function only.
    if (this.#stoppedBy !== undefined) this.#meter.setLimit(0);
  }

  #callWaiting(): void {
    if (this.#hasBegun && this.#stoppedBy === undefined) this.#hardware.interrupts.callWaiting();
  }

  begin(): void {
    if (this.#hasBegun) throw new SandboxError('the script tried to start itself again');
    this.#hasBegun = true;
    this.onProgress?.(false);
    this.#shimBytecodes ??= 0;
    this.#mark = this.#idleFrom = this.#meter.bytecodes();
    this.#arm();
  }

  enter(): void {
    this.#enteredAt = this.#meter.bytecodes();
    if (this.#depth >= MAX_DEPTH) throw new SandboxError('the script tried to stay inside of the board');
    if (this.#depth++ > 0) return;
    this.onProgress?.(true);
    if (this.#directAt !== undefined) this.#bytecodesBefore ??= this.#enteredAt - this.#directAt;
    this.#directAt = undefined;
    if (this.#shimBytecodes === undefined) {
      if (this.#hasLeft) this.#shimBytecodes = this.#meter.bytecodes() - this.#mark - STATEMENT_BYTECODES;
      return;
    }
    if (this.#hasBegun) this.settle();
  }

  /** Behind a call of the board, of whose shim so many bytecodes are counted though they do not run. */
  leave(skippedBytecodes = 0): void {
    const leftAt = this.#meter.bytecodes();
    this.#leftAt = leftAt;
    if (this.#depth === 0)
      throw new SandboxError('the script tried to leave the board where it was not inside');
    if (--this.#depth > 0) return;
    this.#countFreeCall();
    this.onProgress?.(false);
    this.#hasLeft = true;
    this.#mark = this.#idleFrom = leftAt + (this.#shimBytecodes ?? 0);
    this.#callWaiting();
    this.#meter.skip(skippedBytecodes);
    this.#arm(this.#meter.bytecodes() - skippedBytecodes);
  }

  /**
   * Whether a call may do without its shim: one of the script's own, where nothing falls due in what the shim would have run.
   */
  canSkipShim(): boolean {
    if (this.#bytecodesBefore === undefined) {
      this.#directAt = this.#meter.bytecodes();
      return false;
    }
    const { interrupts, clockworks } = this.#hardware;
    const isOwn = this.#depth === 0 && this.#hasBegun && !this.#hasEnded && this.#stoppedBy === undefined;
    if (!isOwn || interrupts.areWaiting || clockworks.nextInterruptPs !== Infinity) return false;
    if (this.#meter.hold() > QUIET_BYTECODES) return true;
    this.#meter.release();
    return false;
  }

  /** In front of work that a shim would have done, whose bytecodes are counted though they do not run. */
  enterDirect(): void {
    this.#meter.skip(this.#bytecodesBefore!);
    this.enter();
  }

  /** Behind such work, or where there was none after all. */
  leaveDirect(hasEntered: boolean): void {
    if (hasEntered) this.leave(this.#shimBytecodes! - this.#bytecodesBefore!);
    this.#meter.release();
  }

  /** Calls that take no time may not go on for ever: no firmware has such. */
  #countFreeCall(): void {
    const now = this.#hardware.nowPs;
    this.#freeCalls = now === this.#lastLeftPs ? this.#freeCalls + 1 : 0;
    this.#lastLeftPs = now;
    if (this.#freeCalls > MAX_FREE_CALLS) this.stop('no call of the board');
  }

  #bytecodePs(): number {
    const { script, coreHz } = this.#hardware;
    return (script.bytecodeCycles.value * PS_PER_SECOND) / coreHz;
  }

  #arm(now = this.#meter.bytecodes()): void {
    if (!this.#hasBegun || this.#stoppedBy !== undefined) return;
    const leftPs = this.#limits.limitPs - this.#hardware.nowPs;
    if (leftPs <= 0) return this.stop('time limit');
    const [endOfTime, endOfIdling] = [
      this.#mark + leftPs / this.#bytecodePs(),
      this.#idleFrom + MAX_IDLE_BYTECODES,
    ];
    this.#nextLimit = endOfTime <= endOfIdling ? 'time limit' : 'no call of the board';
    this.#meter.setBounds(Math.min(endOfTime, endOfIdling), this.#nextInterrupt(), now);
  }

  /** Count at which the bytecodes before it have taken until the next interrupt. */
  #nextInterrupt(): number {
    const { interrupts, clockworks, nowPs } = this.#hardware;
    if (interrupts.areWaiting) return this.#mark + 1;
    const untilPs = clockworks.nextInterruptPs - nowPs;
    return this.#mark + Math.max(Math.ceil(untilPs / this.#bytecodePs()), 0) + 1;
  }
}
