import { anyBoardById } from 'inferscope/boards';
import { bytesFromBase64 } from 'inferscope/experiments';
import { scriptFilesOf } from 'inferscope/firmware';
import type { Board } from 'inferscope';
import { EXAMPLE_FILES, EXAMPLE_SCRIPTS, PYTHON_TEXTS } from 'virtual:firmware-files';

/** A script to begin with. */
export interface ExampleScript {
  readonly name: string;
  readonly source: string;
  /** Files of the examples that it needs in place of the experiment's network and the digits. */
  readonly model?: string;
  readonly picture?: string;
}

const option = (source: string, pattern: RegExp) => pattern.exec(source)?.[1];

/** Whether a script that says in its head for which board it is runs on this one. */
function isFor(source: string, modules: string): boolean {
  const board = option(source, /--board ([\w-]+)/);
  return board === undefined || anyBoardById(board).runtime.script?.modules === modules;
}

function exampleOf(path: string, source: string): ExampleScript {
  const model = option(source, /=(examples\/\S+)/);
  const picture = option(source, /--camera (examples\/\S+)/);
  return {
    ...{ name: path.slice(path.lastIndexOf('/') + 1), source },
    ...(model !== undefined && { model }),
    ...(picture !== undefined && { picture }),
  };
}

/**
 * Scripts for a board, the paper's loop first, then those of the examples whose head says that they are for such a board.
 * Throws a SpecError where the board runs no scripts.
 */
export function examplesFor(board: Board): ExampleScript[] {
  const { modules, paperLoop } = scriptFilesOf(board);
  const loop = paperLoop === undefined ? [] : [exampleOf(paperLoop, PYTHON_TEXTS[paperLoop]!)];
  const others = Object.entries(EXAMPLE_SCRIPTS)
    .filter(([, source]) => isFor(source, modules))
    .map(([path, source]) => exampleOf(path, source));
  return [...loop, ...others];
}

/** Bytes of a file of the examples. Throws an Error where it is not in the page. */
export function exampleBytes(path: string): Uint8Array {
  const base64 = EXAMPLE_FILES[path];
  if (base64 === undefined) throw new Error(`${path} is not in this page`);
  return bytesFromBase64(base64);
}
