import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { Board } from '../../boards/board/board.ts';
import { InferscopeError, SpecError } from '../../errors.ts';
import { recordsOf } from '../hardware/session-trace.ts';
import type { GuestRequest, GuestResult } from './run-guest.ts';
import { kitOf } from '../kits.ts';
import { BusyTime } from './busy-time.ts';
import type { Ps } from '../../units.ts';
import type { GuestWorkerApi } from './guest-worker.ts';

/** What a run is asked for: a guest's request without the files that this module brings. */
export type ExecRequest = Omit<GuestRequest, 'shims' | 'wasm' | 'limitPs'> & {
  /** Simulated time after which the run ends; 10 s where absent. */
  readonly limitPs?: Ps;
};

export const DEFAULT_LIMIT_PS: Ps = 10e12;

const PACKAGE_WASM = '@micropython/micropython-webassembly-pyscript/micropython.wasm';
/** Folder that the kits' paths of Python files begin in. */
const FIRMWARE = new URL('../', import.meta.url);
const POLL_MS = 100;
/** Processor time without a heartbeat after which a guest is ended. */
const STUCK_MS = 1000;

/** A script that is stuck inside one call of MicroPython itself, where no bytecode is counted. */
export class StuckGuestError extends InferscopeError {
  override name = 'StuckGuestError';
}

/**
 * Runs a script on a virtual board in a thread of its own. What the script does wrong is in the result; throws SpecError
 * for a board that runs no scripts, StuckGuestError for a script that had to be cut off. A signal that aborts ends the run;
 * what it gave so far is the result.
 */
export async function execScript(request: ExecRequest, signal?: AbortSignal): Promise<GuestResult> {
  const shims = await readShims(request.board);
  const heartbeat = new Int32Array(new SharedArrayBuffer(12));
  const interrupt = () => void Atomics.store(heartbeat, 2, 1);
  if (signal?.aborted) interrupt();
  signal?.addEventListener('abort', interrupt);
  const worker = startWorker();
  const guard = watch(heartbeat, request.script.name);
  const died = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new Error(`the thread of ${request.script.name} ended with code ${code}`)),
    );
  });
  died.catch(() => undefined);
  try {
    const api = wrap<GuestWorkerApi>(nodeEndpoint(worker));
    const { columns, ...rest } = await Promise.race([
      compileModule().then((module) =>
        api.run({ limitPs: DEFAULT_LIMIT_PS, ...request, shims }, heartbeat, module),
      ),
      died,
      guard.stuck,
    ]);
    return { ...rest, records: recordsOf(columns) };
  } catch (error) {
    throw revive(error as Error);
  } finally {
    guard.stop();
    signal?.removeEventListener('abort', interrupt);
    await worker.terminate();
  }
}

function startWorker(): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = isSource ? './guest-worker-dev.mjs' : '../../bundle/guest-worker.js';
  return new Worker(new URL(entry, import.meta.url), {
    // Nothing that the host process knows: no arguments, no environment. Its own output would be our bug: it is shown.
    ...{ argv: [], env: {} },
    resourceLimits: { stackSizeMb: 16 },
  });
}

/** Fails once the guest has begun to run and then gives no heartbeat for too long. */
function watch(heartbeat: Int32Array, name: string): { readonly stuck: Promise<never>; stop(): void } {
  let seen = 0;
  let silentMs = 0;
  const busy = new BusyTime();
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const beats = Atomics.load(heartbeat, 0);
      const isWorking = beats === 0 || beats !== seen || Atomics.load(heartbeat, 1) === 1;
      const busyMs = busy.lookMs(POLL_MS);
      silentMs = isWorking ? 0 : silentMs + busyMs;
      seen = beats;
      if (silentMs >= STUCK_MS) reject(stuckError(name));
    }, POLL_MS);
  });
  stuck.catch(() => undefined);
  return { stuck, stop: () => clearInterval(timer) };
}

function stuckError(name: string): StuckGuestError {
  return new StuckGuestError(
    `${name}: stopped: it stayed for more than ${STUCK_MS / 1000} s inside one operation of MicroPython, such as a huge number`,
  );
}

/** An error from a thread keeps its name and message but loses its class. */
function revive(error: Error): Error {
  return /^(Spec|Format|UnsupportedOp|MissingCost)Error$/.test(error.name)
    ? new SpecError(error.message)
    : error;
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
async function compileModule(): Promise<WebAssembly.Module> {
  const { compileOwn, DEFAULT_MAX_MEMORY_BYTES } = await import('./bytecode/load-micropython.ts');
  return compileOwn(DEFAULT_MAX_MEMORY_BYTES, readWasm);
}

async function readWasm(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(createRequire(import.meta.url).resolve(PACKAGE_WASM)));
}
