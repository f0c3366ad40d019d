import { parentPort } from 'node:worker_threads';
import { InferscopeError } from '../../errors.ts';
import type { FileContent } from '../../script/bindings.ts';
import { runExperiment } from '../../script/experiment.ts';
import type { Heartbeat } from '../../script/heartbeat.ts';
import type { LuaValue } from '../../script/values.ts';
import { createLuaHost } from './host.ts';

/** What the thread of a script is asked for. */
export interface LuaTask {
  readonly name: string;
  readonly source: string;
  readonly args: readonly string[];
  readonly out: string;
  readonly seed: number;
  readonly instructions: number;
  /** Three numbers: see BEAT. */
  readonly heartbeat: Int32Array;
}

export type LuaMessage =
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly content: FileContent }
  | { readonly kind: 'result'; readonly result: LuaValue }
  | { readonly kind: 'failed'; readonly message: string };

/** Places in the memory that the thread shares with its guard: a count of beats, the line, 1 while Lua runs. */
export const BEAT = { count: 0, line: 1, isInLua: 2 } as const;

function heartbeatIn(shared: Int32Array): Heartbeat {
  return {
    beat(line) {
      Atomics.store(shared, BEAT.line, line);
      Atomics.add(shared, BEAT.count, 1);
      // An error may have left a function of the host without a word.
      Atomics.store(shared, BEAT.isInLua, 1);
    },
    entersLua: () => void Atomics.store(shared, BEAT.isInLua, 1),
    leavesLua: () => void Atomics.store(shared, BEAT.isInLua, 0),
  };
}

async function serve(task: LuaTask, send: (message: LuaMessage) => void): Promise<void> {
  const host = createLuaHost(task.out, {
    print: (text) => send({ kind: 'print', text }),
    write: (path, content) => send({ kind: 'file', path, content }),
  });
  try {
    const { name, source, args, seed, instructions } = task;
    const heartbeat = heartbeatIn(task.heartbeat);
    const result = await runExperiment({ name, source, args, host, seed, instructions, heartbeat });
    send({ kind: 'result', result });
  } catch (error) {
    if (!(error instanceof InferscopeError)) throw error;
    send({ kind: 'failed', message: error.message });
  }
}

/** One script after the other, as they are asked for. */
if (parentPort) {
  const port = parentPort;
  port.on('message', (task: LuaTask) => void serve(task, (message) => port.postMessage(message)));
}
