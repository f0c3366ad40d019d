import type { Board } from '../../boards/board/board.ts';
import type { FrameOp, WorkOp } from './frame-op.ts';
import { FramePlayer } from './frame-player.ts';
import type { FrameRecord } from './frame-record.ts';
import type { FrameSystemOptions } from './frame-system.ts';

/** Things that a tape holds: some thousands of frames of a script of a few calls each. */
const MOST_OPS = 50_000;

/** What a script did from when it first set up its camera or screen, for playing it again under other settings. */
export class FrameTape {
  readonly #ops: FrameOp[] = [];
  #hasBegun = false;

  /** What is behind the last that fits is not kept. */
  add(op: FrameOp): void {
    this.#hasBegun ||= op.kind === 'start' || op.kind === 'send';
    if (!this.#hasBegun) return;
    const last = this.#ops.at(-1);
    if (last && isPlain(last) && isPlain(op)) this.#ops[this.#ops.length - 1] = joined(last, op);
    else if (this.#ops.length < MOST_OPS) this.#ops.push(op);
  }

  get ops(): readonly FrameOp[] {
    return this.#ops;
  }
}

/** Plays what a tape holds and returns what became of its frames. */
export function playTape(
  ops: readonly FrameOp[],
  board: Board,
  options: FrameSystemOptions = {},
): FrameRecord[] {
  const player = new FramePlayer(board, options);
  for (const op of ops) player.play(op);
  return player.frames;
}

/** Work that moves nothing: two such after one another are one. */
function isPlain(op: FrameOp): op is WorkOp {
  return op.kind === 'work' && op.bytes === 0 && op.shared === undefined;
}

function joined(first: WorkOp, second: WorkOp): WorkOp {
  return {
    kind: 'work',
    coreCycles: first.coreCycles + second.coreCycles,
    durationPs: first.durationPs + second.durationPs,
    bytes: 0,
  };
}
