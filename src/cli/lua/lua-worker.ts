import { parentPort, workerData } from 'node:worker_threads';
import { InferscopeError } from '../../errors.ts';
import type { FileContent } from '../../script/bindings.ts';
import { runExperiment } from '../../script/experiment.ts';
import type { LifeSigns } from '../../script/heartbeat.ts';
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
  /** Three numbers: see SIGN. */
  readonly signs: Int32Array;
}

export type LuaMessage =
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly content: FileContent }
  | { readonly kind: 'result'; readonly result: LuaValue }
  | { readonly kind: 'failed'; readonly message: string };

/** Places in the memory that the thread shares with its guard: a counter of ticks, the line, 1 while Lua runs. */
export const SIGN = { ticks: 0, line: 1, isInLua: 2 } as const;

function signsIn(shared: Int32Array): LifeSigns {
  return {
    tick(line) {
      Atomics.store(shared, SIGN.line, line);
      Atomics.add(shared, SIGN.ticks, 1);
      // An error may have left a function of the host without a word.
      Atomics.store(shared, SIGN.isInLua, 1);
    },
    entersLua: () => void Atomics.store(shared, SIGN.isInLua, 1),
    leavesLua: () => void Atomics.store(shared, SIGN.isInLua, 0),
  };
}

async function serve(task: LuaTask, send: (message: LuaMessage) => void): Promise<void> {
  const host = createLuaHost(task.out, {
    print: (text) => send({ kind: 'print', text }),
    write: (path, content) => send({ kind: 'file', path, content }),
  });
  try {
    const { name, source, args, seed, instructions } = task;
    const signs = signsIn(task.signs);
    const result = await runExperiment({ name, source, args, host, seed, instructions, signs });
    send({ kind: 'result', result });
  } catch (error) {
    if (!(error instanceof InferscopeError)) throw error;
    send({ kind: 'failed', message: error.message });
  }
}

if (parentPort) {
  const port = parentPort;
  await serve((workerData as { task: LuaTask }).task, (message) => port.postMessage(message));
}
