import { InferscopeError } from '../errors.ts';
import { Budget } from './instruction-budget.ts';
import { Callees } from './callees.ts';
import { LuaAllocator } from './lua-allocator.ts';
import type { Heartbeat } from './heartbeat.ts';
import {
  MEMORY_ERROR,
  breakModule,
  NUMBER_TYPE,
  REGISTRY,
  requireWhole,
  STRING_TYPE,
  type LuaAddress,
  type LuaModule,
} from './lua-module.ts';
import { describeMemory, describeStop, type LuaLimits } from './limits.ts';
import { LineFinder } from './line-finder.ts';
import { placeMessage, ScriptError, ScriptLimitError } from './script-error.ts';
import {
  pushText,
  readText,
  ValueBridge,
  type LuaArgument,
  type LuaReference,
  type LuaValue,
} from './values.ts';

export interface MachineOptions {
  readonly limits: LuaLimits;
  readonly heartbeat?: Heartbeat;
}

const MAX_SOURCE_BYTES = 1e6;
const TEXT_TYPES = [STRING_TYPE, NUMBER_TYPE];
const COUNT_HOOK = 8;
/** Instructions between two looks; fewer where somebody waits for heartbeats, as one of them may take a millisecond. */
const LOOK_INSTRUCTIONS = 10_000;
const BEAT_INSTRUCTIONS = 500;
/** What a call out of Lua takes in its time, and one through a wrapper. */
const HOST_CALL_INSTRUCTIONS = 500;
const WRAPPED_CALL_INSTRUCTIONS = 50;
/** A value that crosses: less than its time (0.6 us), as experiments hand boards of 40,000 values about. */
const VALUE_INSTRUCTIONS = 2;

type Block = [pointer: number, before: number, after: number];

/** One Lua state with its limits. Not re-entrant: a host function must not call back into its own machine. */
export class LuaMachine {
  readonly #module: LuaModule;
  readonly #budget: Budget;
  readonly #heartbeat: Heartbeat | undefined;
  readonly #hookInstructions: number;
  readonly #pointers: number[];
  readonly #hook: number;
  readonly #dispatcher: number;
  readonly #handler: number;
  readonly #relay: number;
  readonly #wrapper: number;
  readonly #spender: number;
  readonly #lines: LineFinder;
  readonly #state: LuaAddress;
  readonly #bridge: ValueBridge;
  readonly #callees: Callees;
  #listMark = 0;
  #line = 0;
  #bug: { readonly error: unknown } | undefined;
  readonly isSpent = (): boolean => this.#budget.isSpent;

  constructor(module: LuaModule, { limits, heartbeat }: MachineOptions) {
    const { raw } = module;
    this.#module = module;
    this.#budget = new Budget(limits);
    this.#heartbeat = heartbeat;
    this.#hookInstructions = heartbeat ? BEAT_INSTRUCTIONS : LOOK_INSTRUCTIONS;
    requireWhole(module);
    const memory = new LuaAllocator(raw, this.#budget, {
      spend: (instructions) => this.spend(instructions),
      refuses: () => this.#noteLine(),
    });
    const allocator = raw.addFunction((_, ...block) => memory.allocate(...(block as Block)), 'iiiii');
    this.#hook = raw.addFunction(() => this.#countInstructions(), 'vii');
    this.#dispatcher = raw.addFunction(() => this.#dispatch(), 'ii');
    this.#handler = raw.addFunction(() => this.#noteLine(), 'ii');
    this.#relay = raw.addFunction(() => this.#callUpvalue(), 'ii');
    this.#wrapper = raw.addFunction(() => this.#wrapFunction(), 'ii');
    this.#spender = raw.addFunction(() => this.#spendAsked(), 'ii');
    this.#pointers = [allocator, this.#hook, this.#dispatcher, this.#handler, this.#relay];
    this.#pointers.push(this.#wrapper, this.#spender);
    this.#lines = new LineFinder(raw);
    this.#state = raw._lua_newstate(allocator, 0);
    this.#bridge = new ValueBridge(raw, this.#state, () =>
      raw._lua_rawgeti(this.#state, REGISTRY, BigInt(this.#listMark)),
    );
    this.#callees = new Callees(raw, this.#state, this.#bridge, this.#dispatcher);
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
    raw._lua_pushcclosure(this.#state, this.#spender, 0);
    wasm.lua_setglobal(this.#state, 'spend');
    raw._lua_createtable(this.#state, 0, 0);
    this.#listMark = raw._luaL_ref(this.#state, REGISTRY);
  }

  /** Instructions that a host function costs on top, for what it does outside of Lua. */
  spend(instructions: number): void {
    if (!this.#budget.spend(instructions)) return;
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
    this.#callees.pushReference(chunk);
    this.#callees.pushReference(globals);
    raw._lua_setupvalue(this.#state, -2, 1);
    raw._lua_settop(this.#state, 0);
  }

  /** Calls with no limits and keeps what it returns in Lua; for the sandbox's own code. */
  prepare(callee: LuaReference, ...args: LuaArgument[]): LuaReference {
    const { raw } = this.#module;
    this.#callees.pushReference(callee);
    for (const arg of args) this.#callees.push(arg);
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
    this.#callees.pushReference(callee);
    for (const arg of args) this.#callees.push(arg);
    requireWhole(this.#module);
    this.#limit();
    const status = this.#callLimited(name, args.length);
    try {
      if (this.#bug) throw this.#bug.error;
      if (status !== 0) this.#fail(name, status);
      return this.#bridge.read(-1, `${name}: the result`);
    } finally {
      raw._lua_settop(this.#state, 0);
    }
  }

  /** Throws a ScriptLimitError where the interpreter itself trips, after which nothing of its module can be trusted. */
  #callLimited(name: string, args: number): number {
    try {
      return this.#module.raw._lua_pcallk(this.#state, args, 1, 1, 0, 0);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      throw new ScriptLimitError(placeMessage(breakModule(this.#module, error), name, this.#line));
    } finally {
      this.#unlimit();
    }
  }

  close(): void {
    const { raw } = this.#module;
    raw._lua_close(this.#state);
    for (const pointer of this.#pointers) raw.removeFunction(pointer);
    this.#lines.free();
  }

  #limit(): void {
    this.#budget.begin();
    this.#line = 0;
    this.#bug = undefined;
    this.#module.raw._lua_sethook(this.#state, this.#hook, COUNT_HOOK, this.#hookInstructions);
  }

  #unlimit(): void {
    this.#budget.end();
    this.#module.raw._lua_sethook(this.#state, 0, 0, 0);
  }

  /** Wraps a Lua function as one of C: a tail call of it keeps the caller's line. */
  #wrapFunction(): number {
    this.#module.raw._lua_pushcclosure(this.#state, this.#relay, 1);
    return 1;
  }

  #callUpvalue(): number {
    const { raw } = this.#module;
    const count = raw._lua_gettop(this.#state);
    this.spend(WRAPPED_CALL_INSTRUCTIONS + count);
    this.#beat();
    raw._lua_pushvalue(this.#state, REGISTRY - 1);
    raw._lua_rotate(this.#state, 1, 1);
    raw._lua_callk(this.#state, count, -1, 0, 0);
    const results = raw._lua_gettop(this.#state);
    this.spend(results);
    return results;
  }

  /** The sandbox's own code spends what one of its functions takes. */
  #spendAsked(): number {
    this.spend(this.#module.raw._lua_tonumberx(this.#state, 1, 0));
    return 0;
  }

  #beat(): void {
    if (this.#heartbeat && this.#budget.isLimited) this.#heartbeat.beat(this.#lines.find(this.#state));
  }

  /** Lua calls a host function: the arguments are on the stack, its number is the first upvalue. */
  #dispatch(): number {
    const { raw } = this.#module;
    this.spend(HOST_CALL_INSTRUCTIONS);
    this.#beat();
    this.#heartbeat?.leavesLua();
    const { result, failure } = this.#callHost(raw._lua_gettop(this.#state));
    // Outside of any try: where memory runs out, Lua leaves by an exception of its own.
    if (failure === undefined) this.#bridge.push(result);
    this.#payForValues();
    this.#heartbeat?.entersLua();
    return failure === undefined ? 1 : this.#raise(failure);
  }

  #callHost(count: number): { readonly result?: LuaValue; readonly failure?: string } {
    const callback = this.#callees.functionAt(this.#module.raw._lua_tonumberx(this.#state, REGISTRY - 1, 0));
    try {
      const args = Array.from({ length: count }, (_, at) => this.#bridge.read(at + 1, `argument ${at + 1}`));
      this.#payForValues();
      return { result: callback(...args) };
    } catch (error) {
      return { failure: this.#explain(error) };
    }
  }

  #payForValues(): void {
    const { values, textBytes } = this.#bridge.takeCounts();
    this.spend(VALUE_INSTRUCTIONS * values + this.#budget.instructionsOf(textBytes));
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
    this.spend(this.#hookInstructions);
    this.#beat();
    this.#noteLine();
    if (!this.#budget.isSpent) return;
    this.#raise(describeStop(this.#budget.limits));
  }

  #noteLine(): number {
    this.#line = this.#lines.find(this.#state);
    return 1;
  }

  #fail(name: string, status?: number): never {
    const { raw } = this.#module;
    const isText = TEXT_TYPES.includes(raw._lua_type(this.#state, -1));
    const text = isText ? readText(raw, this.#state, -1) : 'error() was called with a value that is no text';
    raw._lua_settop(this.#state, 0);
    const isMemory = status === MEMORY_ERROR;
    const message = placeMessage(isMemory ? describeMemory(this.#budget.limits) : text, name, this.#line);
    throw isMemory || this.#budget.wasSpent ? new ScriptLimitError(message) : new ScriptError(message);
  }
}
