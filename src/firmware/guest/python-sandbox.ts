import { guardedPaths } from './sandbox-paths.ts';

/** Imports of MicroPython's module by which Python reaches JavaScript. */
type Bridge = Record<string, (...args: number[]) => unknown>;

interface BridgeGlobals {
  readonly proxy_js_ref: readonly unknown[];
  readonly Module: {
    UTF8ToString(pointer: number): string;
    getValue(pointer: number, type: 'i32'): number;
    readonly FS: { cwd(): string };
  };
}

export interface SandboxOptions {
  /** The one object of JavaScript whose functions the guest may call. */
  readonly host: Readonly<Record<string, unknown>>;
  /** Simulated time in ms: the guest's only clock. */
  readonly nowMs: () => number;
  /** Takes a call of a direct function (`direct-calls.ts`): the object called, counts of arguments and names, where they lie. */
  readonly callDirect: (object: number, count: number, names: number, at: number) => number;
  /** Takes a heartbeat of the interpreter, which comes as a call for a random number; false where that is none. */
  readonly takeBeat: () => boolean;
}

/** Asked for by nothing that a script can do honestly. */
const FORBIDDEN = [
  ...[
    'store_attr',
    'js_subscr_load',
    'js_subscr_store',
    'js_reflect_construct',
    'js_get_iter',
    'js_iter_next',
  ],
  ...['create_promise', 'js_then_resolve', 'js_then_reject', 'js_then_continue'],
  ...['call0_kwarg', 'calln_kwarg'],
];
const CALLS = ['call0', 'call2', 'calln'];

/** What a script may write to files in one run: they lie in the host's memory. */
const MAX_WRITTEN_BYTES = 16 * 2 ** 20;
const LAST_STANDARD_STREAM = 2;
const BOARD_ENOSPC = 28;

/** Thrown where a guest tries to reach through the bridge. */
export class SandboxError extends Error {}

function denyEscape(): never {
  throw new SandboxError('the script tried to leave the board: JavaScript cannot be reached from it');
}

/**
 * The imports of MicroPython's module with the bridge to JavaScript narrowed to the host's own functions: no attribute of
 * anything else can be read, nothing else called, made or changed. Clock and random numbers come from the run alone, so
 * that equal runs give equal bytes.
 */
function narrowed(env: Bridge, { host, nowMs, takeBeat, callDirect }: SandboxOptions): Bridge {
  const globals = globalThis as unknown as BridgeGlobals;
  const functions = new Set<unknown>(Object.values(host));
  const isOurs = (reference: number, name: number) =>
    globals.proxy_js_ref[reference] === host && Object.hasOwn(host, globals.Module.UTF8ToString(name));
  const guardCall =
    (call: Bridge[string]) =>
    (reference: number, ...rest: number[]) =>
      functions.has(globals.proxy_js_ref[reference]) ? call(reference, ...rest) : denyEscape();
  const callOne = guardCall(env.call1);
  let seed = 1;
  let writtenBytes = 0;
  const writeFile = (file: number, ...rest: number[]) => {
    if (file > LAST_STANDARD_STREAM && writtenBytes >= MAX_WRITTEN_BYTES) return BOARD_ENOSPC;
    const answer = env.fd_write(file, ...rest);
    if (file > LAST_STANDARD_STREAM) writtenBytes += globals.Module.getValue(rest.at(-1)!, 'i32');
    return answer;
  };
  const pathAt = (pointer: number): string => {
    const path = globals.Module.UTF8ToString(pointer);
    return path.startsWith('/') ? path : `${globals.Module.FS.cwd()}/${path}`;
  };
  return {
    ...env,
    ...Object.fromEntries(FORBIDDEN.map((name) => [name, denyEscape])),
    ...Object.fromEntries(CALLS.map((name) => [name, guardCall(env[name])])),
    // A reference is never negative.
    call1: (reference, a, b, c) =>
      reference < 0 ? callDirect(-1 - reference, a, b, c) : callOne(reference, a, b, c),
    has_attr: (reference, name) => Number(isOurs(reference, name)),
    lookup_attr: (reference, name, out) =>
      isOurs(reference, name) ? env.lookup_attr(reference, name, out) : 0,
    mp_js_random_u32: () => (takeBeat() ? 0 : (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0)),
    fd_write: writeFile,
    ...guardedPaths(env, pathAt),
    mp_js_ticks_ms: () => Math.floor(nowMs()),
    mp_js_time_ms: () => Math.floor(nowMs()),
  };
}

/**
 * Runs `load`, which instantiates MicroPython by itself, with a sandboxed bridge. The package has no option for that, so
 * `WebAssembly.instantiate` is replaced while it loads.
 */
export async function withSandbox<Result>(
  options: SandboxOptions,
  load: () => Promise<Result>,
): Promise<Result> {
  const before = WebAssembly.instantiate;
  const replaced = (source: WebAssembly.Module, imports?: WebAssembly.Imports) => {
    const env = imports?.env as Bridge | undefined;
    if (!env || !('mp_js_random_u32' in env)) return before(source, imports);
    const guarded = narrowed(env, options);
    // The package hands over one object under both names; files are written by the second.
    const shared = Object.fromEntries(Object.keys(imports!).map((name) => [name, guarded]));
    return before(source, { ...imports, ...shared });
  };
  Object.assign(WebAssembly, { instantiate: replaced });
  try {
    return await load();
  } finally {
    Object.assign(WebAssembly, { instantiate: before });
  }
}
