import type { HostModule } from './host-module.ts';

/** The parts of a loaded MicroPython that the guest uses. One lives in a realm (it is `globalThis.Module`). */
export interface MicroPython {
  readonly FS: {
    writeFile(path: string, data: string | Uint8Array): void;
    mkdir(path: string): void;
  };
  readonly _module: { _mp_sched_keyboard_interrupt(): void };
  registerJsModule(name: string, module: HostModule): void;
  runPython(code: string): unknown;
}

/** Exact count of the bytecodes that the interpreter executed, and a budget for them. */
export interface BytecodeMeter {
  /** Bytecodes executed since the interpreter started, those of the shims among them. */
  executed(): number;
  /**
   * At this count a KeyboardInterrupt is raised in the script, as ctrl-C in the IDE would; a script that does not end
   * within `graceBytecodes` from then on traps, which no `except` sees. Infinity for none.
   */
  setLimit(executed: number, graceBytecodes: number): void;
}

export interface InterpreterOptions {
  /** Bytes of `micropython.wasm` as the package ships it. */
  readonly wasm: Uint8Array;
  readonly heapBytes: number;
  /** Most bytes that the whole instance may grow to; beyond it an allocation fails in the script. */
  readonly maxMemoryBytes: number;
  readonly stdout: (bytes: Uint8Array) => void;
}

export interface Interpreter {
  readonly python: MicroPython;
  readonly meter: BytecodeMeter;
}

/** How `bytecode/index.ts` loads MicroPython: `export const loadInterpreter: LoadInterpreter`. */
export type LoadInterpreter = (options: InterpreterOptions) => Promise<Interpreter>;
