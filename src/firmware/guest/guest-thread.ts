import { Worker } from 'node:worker_threads';
import { wrap, type Remote } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { InferscopeError, SpecError } from '../../errors.ts';
import { recordsOf } from '../hardware/session-trace.ts';
import { BusyTime } from './busy-time.ts';
import type { GuestWorkerApi } from './guest-worker.ts';
import type { GuestRequest, GuestResult } from './run-guest.ts';

const POLL_MS = 100;
/** Processor time without a heartbeat after which a guest is ended. */
const STUCK_MS = 1000;

/** A script that is stuck inside one call of MicroPython itself, where no bytecode is counted. */
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
