import {
  loadMicroPython,
  type LoadOptions,
  type MicroPython,
} from '@micropython/micropython-webassembly-pyscript/micropython.mjs';
import type { DirectParts } from '../direct/direct-calls.ts';
import { GuestHeap } from '../heap/guest-heap.ts';
import { BEAT } from './heap-hooks.ts';
import { BytecodeCounter } from './bytecode-counter.ts';
import { BEAT_EXPORT, CHECK_EXPORT, COUNT_EXPORT, HEAP_EXPORT } from './instrument.ts';
import { DUE_EXPORT, LIMIT_EXPORT, instrumentWasm, type InstrumentOptions } from './instrument.ts';
import { withInstantiation } from './instantiation.ts';

export type { MicroPython } from '@micropython/micropython-webassembly-pyscript/micropython.mjs';

export interface CountedOptions extends LoadOptions, Partial<InstrumentOptions> {
  /** The package's .wasm as shipped, where the caller has it; else the package finds its own (in a browser: `url`). */
  readonly wasm?: Uint8Array;
  /** What `compileCounted` gave for the same `maxMemoryBytes`, for instance in another thread: saves compiling. */
  readonly module?: WebAssembly.Module;
  /** Told when the guest has used up its heap's allowance; without a sandbox, which tells its own host. */
  readonly onRoom?: (heap: GuestHeap) => void;
}

/** A guest whose bytecodes are counted. */
export interface CountedMicroPython {
  readonly mp: MicroPython;
  /** Bytecodes run since the guest was loaded, exact to 2^53; may be asked from inside a call of the guest. */
  bytecodes(): number;
  /** Bytes that the guest's memory takes by now. */
  memoryBytes(): number;
  /**
   * Count at which the guest gets a KeyboardInterrupt, Infinity for none. A count that is already past means the next
   * bytecode. A guest that swallows it is trapped GRACE_BYTECODES later: see `isTrap`; discard the instance then.
   */
  setLimit(bytecodes: number): void;
  /** Count at which a heartbeat comes in any case, before that bytecode runs; Infinity for none. Below the limit only. */
  setDue(bytecodes: number): void;
  readonly heap: GuestHeap;
  /** The same count and limits, and bytecodes that are counted though they did not run. */
  readonly meter: BytecodeCounter;
  /** What functions of the host need that Python calls directly. */
  readonly direct: DirectParts;
  /**
   * What the call for a random number that the host is in is for instead: one of `BEAT`, or 0 for a random number. Asking
   * takes it: what the host has the guest do meanwhile may ask for random numbers.
   */
  takeBeat(): number;
}

/** Enough for scripts that hold a few images; far from the 2 GB that the module would take by itself. */
export const DEFAULT_MAX_MEMORY_BYTES = 64 * 1024 * 1024;

/** Compiled modules of the package's own .wasm in this realm, by the memory that they may take. */
const compiled = new Map<number, Promise<WebAssembly.Module>>();

/** The patched module, ready to be instantiated here or, sent there, in another thread. Throws a FormatError. */
export async function compileCounted(
  wasm: Uint8Array,
  { maxMemoryBytes = DEFAULT_MAX_MEMORY_BYTES }: Partial<InstrumentOptions> = {},
): Promise<WebAssembly.Module> {
  return WebAssembly.compile(instrumentWasm(wasm, { maxMemoryBytes }) as BufferSource);
}

/** The package's own module, compiled once in this realm; `read` is asked for its bytes the first time only. */
export function compileOwn(
  maxMemoryBytes: number,
  read: () => Promise<Uint8Array>,
): Promise<WebAssembly.Module> {
  const known = compiled.get(maxMemoryBytes);
  if (known) return known;
  const module = read().then((wasm) => compileCounted(wasm, { maxMemoryBytes }));
  compiled.set(maxMemoryBytes, module);
  module.catch(() => compiled.delete(maxMemoryBytes));
  return module;
}

/** In a page the package fetches its .wasm before it asks for a module; where one is given, that is nothing. */
const NOTHING_TO_FETCH = { url: 'data:,' };
const isPage = !('process' in globalThis);

/**
 * Loads MicroPython with its bytecodes counted. One instance is alive in a realm: loading another takes the package's
 * globals from the one before. Throws a FormatError where the .wasm is not of the version that the patcher knows.
 */
export async function loadCountedMicroPython(options: CountedOptions = {}): Promise<CountedMicroPython> {
  const { wasm, module, maxMemoryBytes = DEFAULT_MAX_MEMORY_BYTES, onRoom, ...loadOptions } = options;
  const given = module ?? (wasm && (await compileCounted(wasm, { maxMemoryBytes })));
  let onBeat = () => false;
  const { result, exports } = await withInstantiation(
    {
      maxMemoryBytes,
      choose: async (read) => given ?? compileOwn(maxMemoryBytes, read),
      onBeat: () => onBeat(),
    },
    () => loadMicroPython({ ...(given && isPage && NOTHING_TO_FETCH), ...loadOptions }),
  );
  const count = exports[COUNT_EXPORT] as WebAssembly.Global;
  const limit = exports[LIMIT_EXPORT] as WebAssembly.Global;
  const check = exports[CHECK_EXPORT] as WebAssembly.Global;
  const beat = exports[BEAT_EXPORT] as WebAssembly.Global;
  const due = exports[DUE_EXPORT] as WebAssembly.Global;
  const meter = new BytecodeCounter({ count, limit, check, due });
  const table = exports.__indirect_function_table as WebAssembly.Table;
  rememberFunctions(table);
  const heap = heapOf(exports);
  onBeat = () => {
    const what = beat.value as number;
    if (what === BEAT.collect) heap.collect();
    if (what === BEAT.room) onRoom?.(heap);
    return what !== 0;
  };
  return {
    mp: result,
    meter,
    bytecodes: () => meter.bytecodes(),
    memoryBytes: () => (exports.memory as WebAssembly.Memory).buffer.byteLength,
    setLimit: (bytecodes) => meter.setLimit(bytecodes),
    setDue: (bytecodes) => meter.setDue(bytecodes),
    takeBeat() {
      const what = beat.value as number;
      beat.value = 0;
      return what;
    },
    heap,
    direct: {
      memory: exports.memory as WebAssembly.Memory,
      table,
      malloc: exports.malloc as (bytes: number) => number,
    },
  };
}

/**
 * Has a table keep what it gave: the package's guards around calls ask it for their function at each call, and an engine
 * takes longer for that than for the call. Nothing is put into the table once the module is there.
 */
function rememberFunctions(table: WebAssembly.Table): void {
  const known: unknown[] = [];
  const get = (index: number) => (known[index] ??= WebAssembly.Table.prototype.get.call(table, index));
  Object.defineProperty(table, 'get', { value: get });
}

function heapOf(exports: WebAssembly.Exports): GuestHeap {
  const global = (name: keyof typeof HEAP_EXPORT) => exports[HEAP_EXPORT[name]] as WebAssembly.Global;
  const work = <Work>(name: string) => exports[name] as Work;
  return new GuestHeap({
    memory: exports.memory as WebAssembly.Memory,
    ...{ allocated: global('allocated'), allowance: global('allowance') },
    ...{ request: global('request'), refusal: global('refusal') },
    state: global('state').value as number,
    start: work(HEAP_EXPORT.start),
    mark: work(HEAP_EXPORT.mark),
    end: work(HEAP_EXPORT.end),
    stackPointer: work('emscripten_stack_get_current'),
    stackBase: work('emscripten_stack_get_base'),
  });
}

/** Whether an error thrown out of the guest is the trap that ends a guest which swallowed its KeyboardInterrupt. */
export function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError && error.message.includes('unreachable');
}
