import { InferscopeError } from '../errors.ts';
import { MEMORY_ERROR, REGISTRY, STRING_TYPE, type LuaAddress, type LuaModule } from './lua-module.ts';
import type { LuaLimits } from './limits.ts';
import { LineFinder } from './line-finder.ts';
import { placeMessage, ScriptError } from './script-error.ts';
import {
  isFunctionTable,
  isReference,
  pushText,
  readText,
  ValueBridge,
  type HostFunction,
  type LuaArgument,
  type LuaReference,
  type LuaValue,
} from './values.ts';

export interface MachineOptions {
  readonly limits: LuaLimits;
  /** Told, every few thousand instructions, of the line that Lua is at: a sign of life. */
  readonly onTick?: (line: number) => void;
}

const MAX_SOURCE_BYTES = 1e6;
const COUNT_HOOK = 8;
const TICK_INSTRUCTIONS = 10_000;
const BYTES_PER_INSTRUCTION = 8;
/** What a call out of Lua takes in its time, and one through a wrapper. */
const HOST_CALL_INSTRUCTIONS = 500;
const WRAPPED_CALL_INSTRUCTIONS = 50;
/** One Lua state with its limits. Not re-entrant: a host function must not call back into its own machine. */
export class LuaMachine {
  readonly #module: LuaModule;
  readonly #limits: LuaLimits;
  readonly #onTick: ((line: number) => void) | undefined;
  readonly #pointers: number[];
  readonly #hook: number;
  readonly #dispatcher: number;
  readonly #handler: number;
  readonly #relay: number;
  readonly #wrapper: number;
  readonly #lines: LineFinder;
  readonly #state: LuaAddress;
  readonly #bridge: ValueBridge;
  readonly #functions: HostFunction[] = [];
  #listMark = 0;
  #memoryBytes = 0;
  /** Instructions left of the call under way; without limits between calls. */
  #left = Infinity;
  #isLimited = false;
  #line = 0;
  #bug: { readonly error: unknown } | undefined;

  constructor(module: LuaModule, { limits, onTick }: MachineOptions) {
    const { raw } = module;
    this.#module = module;
    this.#limits = limits;
    this.#onTick = onTick;
    const allocator = raw.addFunction(
      (_, pointer, before, after) => this.#allocate(pointer!, before!, after!),
      'iiiii',
    );
    this.#hook = raw.addFunction(() => this.#countInstructions(), 'vii');
    this.#dispatcher = raw.addFunction(() => this.#dispatch(), 'ii');
    this.#handler = raw.addFunction(() => this.#noteLine(), 'ii');
    this.#relay = raw.addFunction(() => this.#callUpvalue(), 'ii');
    this.#wrapper = raw.addFunction(() => this.#wrapFunction(), 'ii');
    const callbacks = [this.#hook, this.#dispatcher, this.#handler, this.#relay, this.#wrapper];
    this.#pointers = [allocator, ...callbacks];
    this.#lines = new LineFinder(raw);
    this.#state = raw._lua_newstate(allocator, 0);
    this.#bridge = new ValueBridge(raw, this.#state, () =>
      raw._lua_rawgeti(this.#state, REGISTRY, BigInt(this.#listMark)),
    );
    this.#openLibraries();
  }

  #openLibraries(): void {
    const { raw, wasm } = this.#module;
    for (const name of ['base', 'table', 'string', 'math', 'debug'] as const) {
      raw[`_luaopen_${name}`](this.#state);
      wasm.lua_setglobal(this.#state, name);
    }
    raw._lua_pushcclosure(this.#state, this.#wrapper, 0);
    wasm.lua_setglobal(this.#state, 'wrap');
    raw._lua_createtable(this.#state, 0, 0);
    this.#listMark = raw._luaL_ref(this.#state, REGISTRY);
  }

  /** Instructions that a host function costs on top, for what it does outside of Lua. */
  spend(instructions: number): void {
    const before = this.#left;
    this.#left -= instructions;
    if (this.#left > 0 || before <= 0) return;
    // From here on each instruction asks the hook, which ends the script; a hook may be set at any moment.
    this.#module.raw._lua_sethook(this.#state, this.#hook, COUNT_HOOK, 1);
  }

  /** Compiles source text (never bytecode) as a chunk whose errors begin with `name`. Throws a ScriptError. */
  load(source: string, name: string): LuaReference {
    const { raw, wasm } = this.#module;
    if (source.startsWith('\x1b')) throw new ScriptError(`${name}:1: this is bytecode; a script is text`);
    const bytes = new TextEncoder().encode(source);
    if (bytes.length > MAX_SOURCE_BYTES) throw new ScriptError(`${name}:1: a script has at most 1 MB`);
    const pointer = raw._malloc(bytes.length + 1);
    raw.HEAPU8.set(bytes, pointer);
    const status = wasm.luaL_loadbufferx(this.#state, pointer, bytes.length, `=${name}`, 't');
    raw._free(pointer);
    if (status !== 0) this.#fail(name);
    return { reference: raw._luaL_ref(this.#state, REGISTRY) };
  }

  /** Gives a loaded chunk a table as its globals. */
  setGlobals(chunk: LuaReference, globals: LuaReference): void {
    const { raw } = this.#module;
    this.#pushReference(chunk);
    this.#pushReference(globals);
    raw._lua_setupvalue(this.#state, -2, 1);
    raw._lua_settop(this.#state, 0);
  }

  /** Calls with no limits and keeps what it returns in Lua; for the sandbox's own code. */
  prepare(callee: LuaReference, ...args: LuaArgument[]): LuaReference {
    const { raw } = this.#module;
    this.#pushReference(callee);
    for (const arg of args) this.#pushArgument(arg);
    const status = raw._lua_pcallk(this.#state, args.length, 1, 0, 0, 0);
    if (status !== 0) throw new Error(`the sandbox fails: ${readText(raw, this.#state, -1)}`);
    return { reference: raw._luaL_ref(this.#state, REGISTRY) };
  }

  /**
   * Calls within the limits and gives what it returns. Throws a ScriptError of one line, which begins with `name` and,
   * where Lua was inside it, the line; errors of the host's functions that are our bugs come through as they are.
   */
  call(name: string, callee: LuaReference, ...args: LuaArgument[]): LuaValue {
    const { raw } = this.#module;
    raw._lua_pushcclosure(this.#state, this.#handler, 0);
    this.#pushReference(callee);
    for (const arg of args) this.#pushArgument(arg);
    this.#limit();
    const status = raw._lua_pcallk(this.#state, args.length, 1, 1, 0, 0);
    this.#unlimit();
    try {
      if (this.#bug) throw this.#bug.error;
      if (status !== 0) this.#fail(name, status);
      return this.#bridge.read(-1, `${name}: the result`);
    } finally {
      raw._lua_settop(this.#state, 0);
    }
  }

  close(): void {
    const { raw } = this.#module;
    raw._lua_close(this.#state);
    for (const pointer of this.#pointers) raw.removeFunction(pointer);
    this.#lines.free();
  }

  #limit(): void {
    this.#isLimited = true;
    this.#left = this.#limits.instructions;
    this.#line = 0;
    this.#bug = undefined;
    this.#module.raw._lua_sethook(this.#state, this.#hook, COUNT_HOOK, TICK_INSTRUCTIONS);
  }

  #unlimit(): void {
    this.#isLimited = false;
    this.#left = Infinity;
    this.#module.raw._lua_sethook(this.#state, 0, 0, 0);
  }

  #pushReference({ reference }: LuaReference): void {
    this.#module.raw._lua_rawgeti(this.#state, REGISTRY, BigInt(reference));
  }

  #pushArgument(value: LuaArgument): void {
    if (typeof value === 'function') this.#pushFunction(value);
    else if (isReference(value)) this.#pushReference(value);
    else if (isFunctionTable(value)) this.#pushFunctionTable(value);
    else this.#bridge.push(value as LuaValue);
  }

  #pushFunction(callback: HostFunction): void {
    const { raw } = this.#module;
    raw._lua_pushinteger(this.#state, BigInt(this.#functions.push(callback) - 1));
    raw._lua_pushcclosure(this.#state, this.#dispatcher, 1);
  }

  #pushFunctionTable(functions: Readonly<Record<string, HostFunction>>): void {
    const { raw } = this.#module;
    raw._lua_createtable(this.#state, 0, 0);
    for (const [name, callback] of Object.entries(functions)) {
      pushText(raw, this.#state, name);
      this.#pushFunction(callback);
      raw._lua_rawset(this.#state, -3);
    }
  }

  /** Wraps a Lua function as one of C: a tail call of it keeps the caller's line. */
  #wrapFunction(): number {
    this.#module.raw._lua_pushcclosure(this.#state, this.#relay, 1);
    return 1;
  }

  #callUpvalue(): number {
    const { raw } = this.#module;
    const count = raw._lua_gettop(this.#state);
    this.spend(WRAPPED_CALL_INSTRUCTIONS);
    raw._lua_pushvalue(this.#state, REGISTRY - 1);
    raw._lua_rotate(this.#state, 1, 1);
    raw._lua_callk(this.#state, count, -1, 0, 0);
    return raw._lua_gettop(this.#state);
  }

  /** Lua calls a host function: the arguments are on the stack, its number is the first upvalue. */
  #dispatch(): number {
    const { raw } = this.#module;
    const count = raw._lua_gettop(this.#state);
    this.spend(HOST_CALL_INSTRUCTIONS);
    const callback = this.#functions[raw._lua_tonumberx(this.#state, REGISTRY - 1, 0)]!;
    let result: LuaValue;
    let failure: string | undefined;
    try {
      const args = Array.from({ length: count }, (_, at) => this.#bridge.read(at + 1, `argument ${at + 1}`));
      result = callback(...args);
    } catch (error) {
      failure = this.#explain(error);
    }
    // Outside of the try: where memory runs out, Lua leaves by an exception of its own.
    if (failure !== undefined) return this.#raise(failure);
    this.#bridge.push(result);
    return 1;
  }

  #explain(error: unknown): string {
    if (error instanceof InferscopeError) return error.message;
    this.#bug ??= { error };
    return 'internal error';
  }

  #raise(message: string): number {
    const { raw } = this.#module;
    raw._luaL_where(this.#state, 1);
    pushText(raw, this.#state, message);
    raw._lua_concat(this.#state, 2);
    return raw._lua_error(this.#state);
  }

  #countInstructions(): void {
    this.spend(TICK_INSTRUCTIONS);
    if (this.#onTick) this.#onTick(this.#lines.find(this.#state));
    if (this.#left > 0) return;
    const millions = this.#limits.instructions / 1e6;
    this.#raise(`stopped after ${millions} million instructions; is there an endless loop?`);
  }

  #allocate(pointer: number, before: number, after: number): number {
    const { raw } = this.#module;
    if (after === 0) {
      if (pointer !== 0) this.#memoryBytes -= before;
      raw._free(pointer);
      return 0;
    }
    const grown = pointer === 0 ? after : after - before;
    if (this.#isLimited && grown > 0) {
      if (this.#refuses(grown, pointer === 0 && before === STRING_TYPE)) return 0;
      this.spend(grown / BYTES_PER_INSTRUCTION);
    }
    const block = raw._realloc(pointer, after);
    if (block !== 0) this.#memoryBytes += grown;
    return block;
  }

  #refuses(bytes: number, isString: boolean): boolean {
    const { memoryBytes, stringBytes } = this.#limits;
    if (this.#memoryBytes + bytes <= memoryBytes && !(isString && bytes > stringBytes)) return false;
    this.#line = this.#lines.find(this.#state);
    return true;
  }

  #noteLine(): number {
    this.#line = this.#lines.find(this.#state);
    return 1;
  }

  #fail(name: string, status = 0): never {
    const { raw } = this.#module;
    const isText = raw._lua_type(this.#state, -1) === STRING_TYPE;
    const text = isText ? readText(raw, this.#state, -1) : 'error() was called with a value that is no text';
    raw._lua_settop(this.#state, 0);
    const { memoryBytes, stringBytes } = this.#limits;
    const memory = `out of memory: ${memoryBytes / 1e6} MB in all, ${stringBytes / 1e6} MB for one string`;
    throw new ScriptError(placeMessage(status === MEMORY_ERROR ? memory : text, name, this.#line));
  }
}
