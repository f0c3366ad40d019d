import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Board } from '../../boards/board/board.ts';
import { SpecError } from '../../errors.ts';
import type { GuestRequest, GuestResult } from './run-guest.ts';
import { kitOf } from '../kits.ts';
import { GuestThread } from './guest-thread.ts';
import type { Ps } from '../../units.ts';

/** What a run is asked for: a guest's request without the files that this module brings. */
export type ExecRequest = Omit<GuestRequest, 'shims' | 'wasm' | 'limitPs'> & {
  /** Simulated time after which the run ends; 10 s where absent. */
  readonly limitPs?: Ps;
};

export const DEFAULT_LIMIT_PS: Ps = 10e12;

const PACKAGE_WASM = '@micropython/micropython-webassembly-pyscript/micropython.wasm';
/** Folder that the kits' paths of Python files begin in. */
const FIRMWARE = new URL('../', import.meta.url);

/**
 * Runs a script on a virtual board in a thread of its own. What the script does wrong is in the result; throws SpecError
 * for a board that runs no scripts, StuckGuestError for a script that had to be cut off. A signal that aborts ends the run;
 * what it gave so far is the result.
 */
export async function execScript(request: ExecRequest, signal?: AbortSignal): Promise<GuestResult> {
  const shims = await readShims(request.board);
  const thread = new GuestThread(compileModule);
  try {
    return await thread.run({ limitPs: DEFAULT_LIMIT_PS, ...request, shims }, signal);
  } finally {
    await thread.end();
  }
}

/** What a guest needs besides its script: the board's Python files, and MicroPython. */
export async function readGuestFiles(board: Board): Promise<Pick<GuestRequest, 'shims' | 'wasm'>> {
  const [shims, wasm] = await Promise.all([readShims(board), readWasm()]);
  return { shims, wasm };
}

/** The paper's measuring loop as a script for this board. Throws a SpecError where none is written for its firmware. */
export async function readPaperLoop(board: Board): Promise<GuestRequest['script']> {
  const path = kitOf(board).paperLoop;
  if (path === undefined)
    throw new SpecError(`board "${board.id}": no measuring loop is written for its firmware`);
  return { name: 'paper-loop.py', source: await readFile(new URL(path, FIRMWARE), 'utf8') };
}

async function readShims(board: Board): Promise<Record<string, string>> {
  const read = async (path: string) => [path, await readFile(new URL(path, FIRMWARE), 'utf8')] as const;
  return Object.fromEntries(await Promise.all(kitOf(board).shims.map(read)));
}

/** While the thread loads what it runs on, and once in a process: a script's thread takes it as it is. */
export async function compileModule(): Promise<WebAssembly.Module> {
  const { compileOwn, DEFAULT_MAX_MEMORY_BYTES } = await import('./bytecode/load-micropython.ts');
  return compileOwn(DEFAULT_MAX_MEMORY_BYTES, readWasm);
}

async function readWasm(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(createRequire(import.meta.url).resolve(PACKAGE_WASM)));
}
