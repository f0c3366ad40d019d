import type { Board } from '../../boards/board/board.ts';
import type { FramePath } from '../../boards/board/frame-path.ts';
import { loadScripts } from '../../boards/runtimes/load-scripts.ts';
import { SpecError } from '../../errors.ts';

loadScripts();

/** The frame path of a board. Throws a SpecError for a board whose scripts have no camera. */
export function framePathOf({ id, runtime }: Board): FramePath {
  const frames = runtime.script?.frames;
  if (frames) return frames;
  throw new SpecError(
    `board "${id}" has no runtime.script.frames, so its scripts have neither camera nor screen`,
  );
}
