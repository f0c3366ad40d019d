import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { BusyTime } from '../../firmware/guest/busy-time.ts';
import type { FileContent } from '../../script/bindings.ts';
import { ScriptError } from '../../script/script-error.ts';
import type { LuaValue } from '../../script/values.ts';
import { BEAT, type LuaMessage, type LuaTask } from './lua-worker.ts';

export interface LuaThreadOptions extends Omit<LuaTask, 'heartbeat'> {
  readonly onPrint: (text: string) => void;
  readonly onFile: (path: string, content: FileContent) => void;
}

/** The guard looks this often, and stops a script that gives no heartbeat for so long. Both count processor time. */
const LOOK_MS = 100;
const SILENT_MS = 1200;
/** What one call of the host, or all of them, may take per million instructions of the script's limit. */
const HOST_MS_PER_MILLION = 500;
/** Time for a million instructions, which take 5 to 20 ms; and at least so much. */
const MS_PER_MILLION = 75;
const MIN_MS = 1500;
const MILLION = 1e6;
const MS_PER_SECOND = 1000;

const LUA_WASM = 'wasmoon/dist/glue.wasm';
let lua: Promise<WebAssembly.Module> | undefined;

/** V8 has what it compiles of a module once for all threads, as long as one of them holds the module: this one does. */
function holdLua(): void {
  lua ??= readFile(createRequire(import.meta.url).resolve(LUA_WASM)).then((wasm) =>
    WebAssembly.compile(wasm),
  );
  // Each script's thread loads Lua by itself, and says so where it cannot.
  lua.catch(() => undefined);
}

/** A thread for scripts, one after the other, and how many it has run. */
interface ScriptThread {
  readonly worker: Worker;
  scripts: number;
}

/** Then a thread is ended: nobody collects what lies in its heap while it waits, and in V8 that may come to 100 MB. */
const MAX_SCRIPTS = 64;

/** A thread whose last script went well: the next one takes it, where a new one takes ten times as long to begin. */
let idle: ScriptThread | undefined;

function takeThread(): ScriptThread {
  const thread = idle ?? { worker: startWorker(), scripts: 0 };
  idle = undefined;
  thread.scripts++;
  thread.worker.ref();
  return thread;
}

/** Keeps one for the next script, if there is a next: it holds up no end of the program. */
async function keepThread(thread: ScriptThread): Promise<void> {
  const { worker, scripts } = thread;
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
  if (idle !== undefined || scripts >= MAX_SCRIPTS) return void (await worker.terminate());
  worker.unref();
  idle = thread;
}

function startWorker(): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = new URL(isSource ? './lua-worker.ts' : '../../bundle/lua-worker.js', import.meta.url);
  const file = isSource ? new URL('../../sweep/pool/node-dev.mjs', import.meta.url) : entry;
  return new Worker(file, { workerData: { entry: entry.href } });
}

/** Calls `stop` with the reason when Lua is stuck where its own limits do not reach; gives the guard's own end. */
function watch({ name, heartbeat, instructions }: LuaTask, stop: (reason: ScriptError) => void): () => void {
  const maxMs = Math.max(MIN_MS, (MS_PER_MILLION * instructions) / MILLION);
  const maxHostMs = Math.max(MIN_MS, (HOST_MS_PER_MILLION * instructions) / MILLION);
  const busy = new BusyTime();
  let [beats, silentMs, luaMs, hostMs] = [-1, 0, 0, 0];
  const timer = setInterval(() => {
    const before = beats;
    const busyMs = busy.lookMs(LOOK_MS);
    beats = Atomics.load(heartbeat, BEAT.count);
    const line = Atomics.load(heartbeat, BEAT.line);
    const place = line > 0 ? `${name}:${line}` : name;
    if (Atomics.load(heartbeat, BEAT.isInLua) === 0) {
      silentMs = 0;
      hostMs += busyMs;
      if (hostMs >= maxHostMs)
        stop(new ScriptError(`${place}: ${stoppedAfter(maxHostMs, 'in what it called')}`));
      return;
    }
    silentMs = beats === before ? silentMs + busyMs : 0;
    luaMs += busyMs;
    if (silentMs >= SILENT_MS) stop(new ScriptError(`${place}: ${STUCK}`));
    else if (luaMs >= maxMs) stop(new ScriptError(`${place}: ${stoppedAfter(maxMs, 'in Lua')}`));
  }, LOOK_MS);
  return () => clearInterval(timer);
}

const STUCK = 'stopped: one operation, here or soon after, takes more than a second';

const stoppedAfter = (ms: number, where: string): string =>
  `stopped after ${ms / MS_PER_SECOND} s ${where}; --instructions allows more in proportion`;

/**
 * Runs a script in a thread that runs nothing else meanwhile, so that whatever it does can be ended, and gives what it
 * returns. Throws a ScriptError of one line with the script's name and line.
 */
export async function runLuaThread({ onPrint, onFile, ...rest }: LuaThreadOptions): Promise<LuaValue> {
  const task: LuaTask = { ...rest, heartbeat: new Int32Array(new SharedArrayBuffer(12)) };
  holdLua();
  const thread = takeThread();
  const { worker } = thread;
  let unwatch: (() => void) | undefined;
  try {
    const result = await new Promise<LuaValue>((resolve, reject) => {
      unwatch = watch(task, reject);
      worker.on('message', (message: LuaMessage) => {
        if (message.kind === 'print') onPrint(message.text);
        else if (message.kind === 'file') onFile(message.path, message.content);
        else if (message.kind === 'result') resolve(message.result);
        else reject(new ScriptError(message.message));
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread of a script ended with code ${code}`)));
      worker.postMessage(task);
    });
    await keepThread(thread);
    return result;
  } catch (error) {
    await worker.terminate();
    throw error;
  } finally {
    unwatch?.();
  }
}
