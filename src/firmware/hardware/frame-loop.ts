import type { Board } from '../../boards/board/board.ts';
import type { FramePath } from '../../boards/board/frame-path.ts';
import { NO_DELAYS, type Delays } from '../../simulate/frame/busy-core.ts';
import type { FrameOp } from '../../simulate/frame/frame-op.ts';
import { FramePlayer } from '../../simulate/frame/frame-player.ts';
import type { FrameSettings } from '../../simulate/frame/frame-system.ts';
import { FrameTape } from '../../simulate/frame/frame-tape.ts';
import { coreHzOf } from '../../simulate/schedule.ts';
import { cyclesFromPs, type Hz, type Ps } from '../../units.ts';
import type { SessionTrace } from './session-trace.ts';

/** What of an op is within a span; of an inference that does not come to its end no more than its work. */
function cutTo(leftPs: Ps, op: FrameOp, coreHz: Hz): FrameOp {
  if (!('durationPs' in op) || op.durationPs <= leftPs) return op;
  if (op.kind === 'wait') return { ...op, durationPs: leftPs };
  const cut = { coreCycles: cyclesFromPs(leftPs, coreHz), durationPs: leftPs };
  if (op.kind === 'inference') return { kind: 'work', bytes: 0, ...cut };
  return { ...op, ...cut, bytes: Math.floor((op.bytes * leftPs) / op.durationPs) };
}

/**
 * Camera, screen and the memory between them in one run: what the script does is played as it happens, and kept. They stand
 * still behind the end of the run: a call that began before it may go on for hours.
 */
export class FrameLoop {
  readonly path: FramePath;
  readonly player: FramePlayer;
  readonly tape = new FrameTape();
  readonly #limitPs: Ps;
  readonly #coreHz: Hz;

  constructor(board: Board, path: FramePath, settings: FrameSettings, trace: SessionTrace, limitPs: Ps) {
    this.path = path;
    this.#limitPs = limitPs;
    this.#coreHz = coreHzOf(board);
    this.player = new FramePlayer(board, { settings, sink: trace.keepsUnits ? trace : null });
  }

  get nowPs(): Ps {
    return this.player.nowPs;
  }

  /** The script's own clock says where it is; returns where it must be at the least. */
  meet(atPs: Ps): Ps {
    return this.player.meet(atPs);
  }

  play(op: FrameOp): Delays {
    const leftPs = this.#limitPs - this.player.nowPs;
    if (leftPs <= 0) return NO_DELAYS;
    const played = cutTo(leftPs, op, this.#coreHz);
    this.tape.add(played);
    return this.player.play(played);
  }
}
