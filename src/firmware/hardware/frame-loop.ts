import type { Board } from '../../boards/board/board.ts';
import type { FramePath } from '../../boards/board/frame-path.ts';
import type { Delays } from '../../simulate/frame/busy-core.ts';
import type { FrameOp } from '../../simulate/frame/frame-op.ts';
import { FramePlayer } from '../../simulate/frame/frame-player.ts';
import type { FrameSettings } from '../../simulate/frame/frame-system.ts';
import { FrameTape } from '../../simulate/frame/frame-tape.ts';
import type { Ps } from '../../units.ts';
import type { SessionTrace } from './session-trace.ts';

/** Camera, screen and the memory between them in one run: what the script does is played as it happens, and kept. */
export class FrameLoop {
  readonly path: FramePath;
  readonly player: FramePlayer;
  readonly tape = new FrameTape();

  constructor(board: Board, path: FramePath, settings: FrameSettings, trace: SessionTrace) {
    this.path = path;
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
    this.tape.add(op);
    return this.player.play(op);
  }
}
