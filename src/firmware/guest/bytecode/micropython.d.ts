declare module '@micropython/micropython-webassembly-pyscript/micropython.mjs' {
  export interface LoadOptions {
    /** Words of the guest's stack of calls. */
    pystack?: number;
    /** Bytes of the guest's first heap; it grows. */
    heapsize?: number;
    /** Where the .wasm lies; needed in a browser. */
    url?: string;
    stdin?: () => number | null;
    stdout?: (line: string) => void;
    stderr?: (line: string) => void;
    /** Whole lines to stdout and stderr; true where absent. */
    linebuffer?: boolean;
  }

  /** The parts of Emscripten's file system that are used here. */
  export interface GuestFiles {
    mkdir(path: string): unknown;
    writeFile(path: string, data: string | Uint8Array): void;
    readFile(path: string): Uint8Array;
    readFile(path: string, options: { encoding: 'utf8' }): string;
    readdir(path: string): string[];
    unlink(path: string): void;
    // eslint-disable-next-line id-denylist -- its name in POSIX
    stat(path: string): { readonly mode: number; readonly size: number };
    isDir(mode: number): boolean;
    analyzePath(path: string): { exists: boolean };
    chdir(path: string): void;
  }

  export interface MicroPython {
    readonly FS: GuestFiles;
    readonly _module: { _mp_sched_keyboard_interrupt(): void };
    readonly globals: {
      get(key: string): unknown;
      set(key: string, value: unknown): void;
      delete(key: string): void;
    };
    registerJsModule(name: string, module: object): void;
    pyimport(name: string): unknown;
    runPython(code: string): unknown;
    runPythonAsync(code: string): Promise<unknown>;
  }

  export function loadMicroPython(options?: LoadOptions): Promise<MicroPython>;
}
