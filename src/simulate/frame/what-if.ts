import { withConstants } from '../../boards/board/constant-paths.ts';
import type { Board } from '../../boards/board/board.ts';
import type { FrameOp } from './frame-op.ts';
import { framePathOf } from './frames-of-board.ts';
import type { FrameSettings } from './frame-system.ts';

/** A loop as it ran. */
export interface FrameRun {
  readonly board: Board;
  readonly settings: FrameSettings;
  readonly ops: readonly FrameOp[];
  readonly buffers: number;
}

/** The same loop elsewhere: one thing is changed, and it is to be simulated again. */
export interface ChangedRun {
  readonly change: string;
  readonly board: Board;
  readonly settings: FrameSettings;
}

/** What could be changed about a loop on its board: buffers, a screen that nobody waits for, faster clocks. */
export function whatIfs({ board, settings, ops, buffers }: FrameRun): ChangedRun[] {
  const path = framePathOf(board);
  const changed: ChangedRun[] = [];
  const change = (text: string, other: FrameSettings, on = board) =>
    changed.push({ change: text, board: on, settings: { ...settings, ...other } });
  for (let count = buffers + 1; count <= Math.max(2, path.mostBuffers.value); count++) {
    change(`${count} frame buffers`, { buffers: count });
  }
  if (ops.some((op) => op.kind === 'send' && !op.isFill)) {
    change('a screen that is sent by DMA while the script goes on', { sendsBehind: true });
    const { fasterScreenHz } = path;
    if (fasterScreenHz)
      change(`a screen clock of ${mhz(fasterScreenHz.value)}`, { screenHz: fasterScreenHz.value });
    change(`${Math.max(2, buffers)} frame buffers and a screen sent by DMA`, {
      buffers: Math.max(2, buffers),
      sendsBehind: true,
    });
  }
  const { fasterCoreHz } = path;
  if (fasterCoreHz) {
    const faster = withConstants(board, new Map([['clocks.core.hz', fasterCoreHz.value]]));
    change(`a core clock of ${mhz(fasterCoreHz.value)}`, { isReclocked: true }, faster);
  }
  return changed;
}

function mhz(hz: number): string {
  return `${Number((hz / 1e6).toFixed(2))} MHz`;
}
