import { Worker } from 'node:worker_threads';
import type { FileContent } from '../../script/bindings.ts';
import { ScriptError } from '../../script/script-error.ts';
import type { LuaValue } from '../../script/values.ts';
import { BEAT, type LuaMessage, type LuaTask } from './lua-worker.ts';

export interface LuaThreadOptions extends Omit<LuaTask, 'heartbeat'> {
  readonly onPrint: (text: string) => void;
  readonly onFile: (path: string, content: FileContent) => void;
}

/** The guard looks this often, and stops a script that gives no heartbeat for so many looks. */
const LOOK_MS = 100;
const SILENT_LOOKS = 12;
/** Looks for a million instructions, which take 5 to 20 ms; and at least so many. */
const LOOKS_PER_MILLION = 0.75;
const MIN_LOOKS = 15;

function startWorker(task: LuaTask): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = new URL(isSource ? './lua-worker.ts' : './lua-worker.js', import.meta.url);
  const file = isSource ? new URL('../../sweep/pool/node-dev.mjs', import.meta.url) : entry;
  return new Worker(file, { workerData: { entry: entry.href, task } });
}

/** Calls `stop` with the reason when Lua is stuck where its own limits do not reach; gives the guard's own end. */
function watch({ name, heartbeat, instructions }: LuaTask, stop: (reason: ScriptError) => void): () => void {
  const maxLooks = Math.max(MIN_LOOKS, (LOOKS_PER_MILLION * instructions) / 1e6);
  let [beats, silentLooks, looks] = [-1, 0, 0];
  const timer = setInterval(() => {
    const before = beats;
    beats = Atomics.load(heartbeat, BEAT.count);
    if (Atomics.load(heartbeat, BEAT.isInLua) === 0) {
      silentLooks = 0;
      return;
    }
    silentLooks = beats === before ? silentLooks + 1 : 0;
    looks++;
    const line = Atomics.load(heartbeat, BEAT.line);
    const place = line > 0 ? `${name}:${line}` : name;
    if (silentLooks >= SILENT_LOOKS) {
      stop(new ScriptError(`${place}: stopped: one operation, here or soon after, takes more than a second`));
    } else if (looks >= maxLooks) {
      const seconds = (maxLooks * LOOK_MS) / 1000;
      stop(
        new ScriptError(
          `${place}: stopped after ${seconds} s in Lua; --instructions allows more in proportion`,
        ),
      );
    }
  }, LOOK_MS);
  return () => clearInterval(timer);
}

/**
 * Runs a script in a thread of its own, so that whatever it does can be ended, and gives what it returns. Throws a
 * ScriptError of one line with the script's name and line.
 */
export async function runLuaThread({ onPrint, onFile, ...rest }: LuaThreadOptions): Promise<LuaValue> {
  const task: LuaTask = { ...rest, heartbeat: new Int32Array(new SharedArrayBuffer(12)) };
  const worker = startWorker(task);
  let unwatch: (() => void) | undefined;
  try {
    return await new Promise<LuaValue>((resolve, reject) => {
      unwatch = watch(task, reject);
      worker.on('message', (message: LuaMessage) => {
        if (message.kind === 'print') onPrint(message.text);
        else if (message.kind === 'file') onFile(message.path, message.content);
        else if (message.kind === 'result') resolve(message.result);
        else reject(new ScriptError(message.message));
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread of a script ended with code ${code}`)));
    });
  } finally {
    unwatch?.();
    await worker.terminate();
  }
}
