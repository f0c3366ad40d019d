import type { Board } from '../boards/board/board.ts';
import { kitOf } from './kits.ts';

/** What lies where for scripts of a board, and what a run in a page has to bring along. */
export interface ScriptFiles {
  /** Name of the firmware's modules: boards of one name run the same scripts. */
  readonly modules: string;
  /** Python files whose texts are the `shims` of a run, as paths below the package's dist/firmware/. */
  readonly shims: readonly string[];
  /** The measuring loop of the paper for this firmware, as such a path. */
  readonly paperLoop?: string;
  /** Folder in which scripts start. */
  readonly home: string;
  /** Whether scripts load models from addresses of the flash, and not from files. */
  readonly readsFlash: boolean;
}

/** Files that belong to scripts of a board. Throws a SpecError where the board runs no scripts. */
export function scriptFilesOf(board: Board): ScriptFiles {
  const { id, shims, paperLoop, home = '/', readsFlash = false } = kitOf(board);
  return { modules: id, shims, home, readsFlash, ...(paperLoop !== undefined && { paperLoop }) };
}
