import type { Board } from '../../boards/board/board.ts';
import type { Program } from '../../deploy/program.ts';
import { psFromCycles, type Ps } from '../../units.ts';
import { NO_DELAYS, type BusWork, type Delays } from './busy-core.ts';
import type { CaptureOp, FrameOp, InferenceOp, SendOp, StartOp, WorkOp } from './frame-op.ts';
import { noWaits, type FrameRecord, type FrameWaits } from './frame-record.ts';
import { FrameSystem, type FrameSystemOptions } from './frame-system.ts';
import { inferenceWork } from './inference-work.ts';
import type { SpanSink } from './span-sink.ts';

/**
 * Plays what a script does on a board with camera and screen, one thing after the other, and keeps what became of each
 * frame. The run itself is played as it happens; a tape of it can be played again on another board or other settings.
 */
export class FramePlayer {
  readonly system: FrameSystem;
  readonly frames: FrameRecord[] = [];
  readonly #board: Board;
  readonly #sink: SpanSink | null;
  readonly #inferences = new Map<Program, { readonly steps: readonly BusWork[]; readonly totalPs: Ps }>();
  #waits: FrameWaits = noWaits();
  #nowPs: Ps = 0;
  #lastNumber = -1;
  #shown: FrameRecord | null = null;

  constructor(board: Board, options: FrameSystemOptions = {}) {
    this.#board = board;
    this.#sink = options.sink ?? null;
    this.system = new FrameSystem(board, options);
  }

  get nowPs(): Ps {
    return this.#nowPs;
  }

  /** Goes to an instant that is not before anything that was simulated; returns where it is then. */
  meet(atPs: Ps): Ps {
    this.#nowPs = Math.max(this.system.nowPs, atPs);
    return this.#nowPs;
  }

  /** Plays one thing; returns what held it up beyond its own span. */
  play(op: FrameOp): Delays {
    if (op.kind === 'wait') return this.#sleep(op.durationPs);
    if (op.kind === 'work') return this.#work(op);
    if (op.kind === 'inference') return this.#infer(op);
    this.system.pass(this.#nowPs);
    if (op.kind === 'start') this.#start(op);
    else if (op.kind === 'window') this.system.camera.setData(op.data);
    else if (op.kind === 'capture') this.#capture(op);
    else this.#send(op);
    this.#nowPs = this.system.nowPs;
    return NO_DELAYS;
  }

  #start({ shape, data, cameraHz, buffers }: StartOp): void {
    this.system.startCamera(shape, data, { cameraHz, buffers });
    this.#lastNumber = -1;
  }

  #sleep(durationPs: Ps): Delays {
    this.#nowPs += durationPs;
    this.#waits.sleepPs += durationPs;
    return NO_DELAYS;
  }

  #work({ coreCycles, durationPs, bytes, shared }: WorkOp): Delays {
    const spanPs = this.system.isNominal ? durationPs : psFromCycles(coreCycles, this.system.coreHz);
    this.#waits.workPs += spanPs;
    const startPs = this.#nowPs;
    const delays = this.#hold([{ durationPs: spanPs, bytes }], spanPs);
    if (shared !== undefined) this.#sink?.span('core 1', shared, startPs, this.#nowPs - startPs);
    return delays;
  }

  #infer({ program, board, durationPs }: InferenceOp): Delays {
    if (this.system.isNominal && !this.system.isBusyBehind) {
      this.#waits.inferencePs += durationPs;
      this.#nowPs += durationPs;
      return NO_DELAYS;
    }
    const { steps, totalPs } = this.#inferenceOf(program, board);
    this.#waits.inferencePs += totalPs;
    return this.#hold(steps, totalPs);
  }

  #inferenceOf(program: Program, board: Board) {
    const known = this.#inferences.get(program);
    if (known) return known;
    const steps = inferenceWork(program, { ...board, clocks: this.#board.clocks });
    const made = { steps, totalPs: steps.reduce((sum, { durationPs }) => sum + durationPs, 0) };
    this.#inferences.set(program, made);
    return made;
  }

  /** Work that may be held up; where nothing else moves, it is only added. */
  #hold(steps: readonly BusWork[], totalPs: Ps): Delays {
    const { system } = this;
    if (!system.isBusyBehind) {
      this.#nowPs += totalPs;
      return NO_DELAYS;
    }
    system.pass(this.#nowPs);
    const sum: Delays = { busPs: 0, interruptPs: 0 };
    for (const step of steps) {
      const delays = system.work(step);
      sum.busPs += delays.busPs;
      sum.interruptPs += delays.interruptPs;
    }
    this.#nowPs = system.nowPs;
    this.#waits.busPs += sum.busPs;
    this.#waits.interruptPs += sum.interruptPs;
    return sum;
  }

  #capture({ isSkipped }: CaptureOp): void {
    const { system } = this;
    const askedPs = system.nowPs;
    const frame = system.capture();
    const waitedPs = system.nowPs - askedPs;
    if (waitedPs > 0) this.#sink?.span('core waits', 'for the camera', askedPs, waitedPs);
    this.#waits.cameraPs += waitedPs;
    const lost = frame.number - this.#lastNumber - 1;
    this.#lastNumber = frame.number;
    if (isSkipped) return;
    this.#shown = { ...frame, lost, takenPs: system.nowPs, waits: this.#waits, shownPs: null };
    this.frames.push(this.#shown);
    this.#waits = noWaits();
  }

  #send({ bytes, isFill, isBehind, askedHz }: SendOp): void {
    const { system } = this;
    const startPs = system.nowPs;
    const frame = this.#shown;
    system.setScreenHz(askedHz);
    const onShown = (atPs: Ps) => {
      if (frame && !isFill) frame.shownPs ??= atPs;
    };
    system.send({ bytes, isFill, onShown }, isBehind);
    const waitedPs = system.nowPs - startPs;
    if (waitedPs > 0) this.#sink?.span('core waits', 'for the screen', startPs, waitedPs);
    this.#waits.screenPs += waitedPs;
  }
}
