import { Worker } from 'node:worker_threads';
import { wrap, type Remote } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { InferscopeError, SpecError } from '../../errors.ts';
import { recordsOf } from '../hardware/session-trace.ts';
import { BusyTime } from './busy-time.ts';
import { GuestWatch } from './guest-watch.ts';
import type { GuestWorkerApi } from './guest-worker.ts';
import type { GuestRequest, GuestResult } from './run-guest.ts';

const POLL_MS = 100;

/** A script that is stuck inside one call, of MicroPython itself or of the board, where no bytecode is counted. */
export class StuckGuestError extends InferscopeError {
  override name = 'StuckGuestError';
}

/** A thread that runs scripts, one after another, until it is ended. What one run throws leaves it fit for nothing but its end. */
export class GuestThread {
  readonly #worker = startWorker();
  readonly #api: Remote<GuestWorkerApi> = wrap<GuestWorkerApi>(nodeEndpoint(this.#worker));
  readonly #module: Promise<WebAssembly.Module>;

  /** `compile` gives MicroPython's module; it begins once the thread starts, and both go on side by side. */
  constructor(compile: () => Promise<WebAssembly.Module>) {
    this.#module = compile();
    this.#module.catch(() => undefined);
  }

  /** As `execScript`. */
  async run(request: GuestRequest, signal?: AbortSignal): Promise<GuestResult> {
    const heartbeat = new Int32Array(new SharedArrayBuffer(12));
    const interrupt = () => void Atomics.store(heartbeat, 2, 1);
    if (signal?.aborted) interrupt();
    signal?.addEventListener('abort', interrupt);
    const guard = watch(heartbeat, request.script.name);
    const death = deathOf(this.#worker, request.script.name);
    try {
      const { columns, ...rest } = await Promise.race([
        this.#module.then((module) => this.#api.run(request, heartbeat, module)),
        death.happened,
        guard.stuck,
      ]);
      return { ...rest, records: recordsOf(columns) };
    } catch (error) {
      throw revive(error as Error);
    } finally {
      guard.stop();
      death.stop();
      signal?.removeEventListener('abort', interrupt);
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
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

/** Fails where the thread does. */
function deathOf(worker: Worker, name: string): { readonly happened: Promise<never>; stop(): void } {
  let die: (error: Error) => void = () => undefined;
  const happened = new Promise<never>((_, reject) => (die = reject));
  happened.catch(() => undefined);
  const ended = (code: number) => die(new Error(`the thread of ${name} ended with code ${code}`));
  worker.once('error', die).once('exit', ended);
  return { happened, stop: () => void worker.off('error', die).off('exit', ended) };
}

/** Fails once the guest has begun to run and then gives no heartbeat for too long. */
function watch(heartbeat: Int32Array, name: string): { readonly stuck: Promise<never>; stop(): void } {
  const guest = new GuestWatch();
  const busy = new BusyTime();
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const [beats, isInBoard, isInterrupted] = [0, 1, 2].map((at) => Atomics.load(heartbeat, at));
      const signs = { beats, isInBoard: isInBoard === 1, isInterrupted: isInterrupted === 1 };
      const why = guest.look(signs, busy.lookMs(POLL_MS));
      if (why !== undefined) reject(new StuckGuestError(`${name}: ${why}`));
    }, POLL_MS);
  });
  stuck.catch(() => undefined);
  return { stuck, stop: () => clearInterval(timer) };
}

/** An error from a thread keeps its name and message but loses its class. */
function revive(error: Error): Error {
  return /^(Spec|Format|UnsupportedOp|MissingCost)Error$/.test(error.name)
    ? new SpecError(error.message)
    : error;
}
