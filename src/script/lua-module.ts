import { ScriptLimitError } from './script-error.ts';

/** Address of a Lua state in the module's memory. */
export type LuaAddress = number;

/**
 * The exports of the module that are called without wasmoon's wrappers, which cost several times as much. Arguments
 * are those of Lua's C API; an integer of Lua is a bigint.
 */
export interface RawLua {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  addFunction(callback: (...args: number[]) => unknown, signature: string): number;
  removeFunction(pointer: number): void;
  _malloc(bytes: number): number;
  _realloc(pointer: number, bytes: number): number;
  _free(pointer: number): void;
  _lua_newstate(allocator: number, userData: number): LuaAddress;
  _lua_close(state: LuaAddress): void;
  _luaopen_base(state: LuaAddress): number;
  _luaopen_table(state: LuaAddress): number;
  _luaopen_string(state: LuaAddress): number;
  _luaopen_math(state: LuaAddress): number;
  _luaopen_debug(state: LuaAddress): number;
  _lua_gettop(state: LuaAddress): number;
  _lua_settop(state: LuaAddress, index: number): void;
  _lua_checkstack(state: LuaAddress, slots: number): number;
  _lua_type(state: LuaAddress, index: number): number;
  _lua_isinteger(state: LuaAddress, index: number): number;
  _lua_toboolean(state: LuaAddress, index: number): number;
  _lua_tonumberx(state: LuaAddress, index: number, isNumber: number): number;
  _lua_tolstring(state: LuaAddress, index: number, bytes: number): number;
  _lua_rawlen(state: LuaAddress, index: number): bigint;
  _lua_rawequal(state: LuaAddress, left: number, right: number): number;
  _lua_absindex(state: LuaAddress, index: number): number;
  _lua_next(state: LuaAddress, index: number): number;
  _lua_getmetatable(state: LuaAddress, index: number): number;
  _lua_setmetatable(state: LuaAddress, index: number): number;
  _lua_pushnil(state: LuaAddress): void;
  _lua_pushboolean(state: LuaAddress, value: number): void;
  _lua_pushnumber(state: LuaAddress, value: number): void;
  _lua_pushinteger(state: LuaAddress, value: bigint): void;
  _lua_pushlstring(state: LuaAddress, pointer: number, bytes: number): number;
  _lua_pushvalue(state: LuaAddress, index: number): void;
  _lua_pushcclosure(state: LuaAddress, callback: number, upvalues: number): void;
  _lua_createtable(state: LuaAddress, entries: number, fields: number): void;
  _lua_rawgeti(state: LuaAddress, index: number, key: bigint): number;
  _lua_rawseti(state: LuaAddress, index: number, key: bigint): void;
  _lua_rawset(state: LuaAddress, index: number): void;
  _lua_rotate(state: LuaAddress, index: number, places: number): void;
  _lua_setupvalue(state: LuaAddress, index: number, upvalue: number): number;
  _luaL_ref(state: LuaAddress, table: number): number;
  _luaL_unref(state: LuaAddress, table: number, reference: number): void;
  _luaL_where(state: LuaAddress, level: number): void;
  _lua_concat(state: LuaAddress, count: number): void;
  _lua_error(state: LuaAddress): number;
  _lua_callk(state: LuaAddress, args: number, results: number, context: number, continuation: number): void;
  _lua_pcallk(
    state: LuaAddress,
    args: number,
    results: number,
    handler: number,
    context: number,
    continuation: number,
  ): number;
  _lua_getstack(state: LuaAddress, level: number, record: number): number;
  _lua_getinfo(state: LuaAddress, what: number, record: number): number;
  _lua_sethook(state: LuaAddress, hook: number, mask: number, count: number): void;
}

/** Index of Lua's registry, and status and type codes of its C API. */
export const REGISTRY = -1001000;
export const MEMORY_ERROR = 4;
export const LUA_TYPES = [
  'nil',
  'boolean',
  'userdata',
  'number',
  'string',
  'table',
  'function',
  'userdata',
  'thread',
] as const;
export const NUMBER_TYPE = 3;
export const STRING_TYPE = 4;

/** What is called through wasmoon's wrappers; written out, for its own types ask for those of emscripten. */
export interface WrappedLua {
  lua_setglobal(state: LuaAddress, name: string): void;
  luaL_loadbufferx(state: LuaAddress, source: number, bytes: number, name: string, mode: string): number;
}

/** Lua compiled to WebAssembly: any number of states live in one module, whose memory only grows. */
export interface LuaModule {
  readonly wasm: WrappedLua;
  readonly raw: RawLua;
}

const broken = new WeakMap<LuaModule, string>();

/** Has nothing run in a module any more whose interpreter tripped: its memory may be in disorder. Gives what to say of it. */
export function breakModule(module: LuaModule, { message }: Error): string {
  const problem = `the Lua interpreter tripped over this script: ${message}`;
  broken.set(module, problem);
  return problem;
}

/** Throws a ScriptLimitError of a module that is broken. */
export function requireWhole(module: LuaModule): void {
  const problem = broken.get(module);
  if (problem !== undefined) throw new ScriptLimitError(problem);
}

/** In place of the program's own path, which the module's C code takes in ASCII only and else ends the process. */
const ENVIRONMENT = { _: 'inferscope' };

/** Loads Lua; in a browser `wasmUrl` must say where wasmoon's glue.wasm lies. */
export async function loadLua(wasmUrl?: string): Promise<LuaModule> {
  const { LuaFactory } = await import('wasmoon');
  const wasm = await new LuaFactory(wasmUrl, ENVIRONMENT).getLuaModule();
  return { wasm, raw: wasm.module as unknown as RawLua };
}

/** A module that a script has made larger than this is not kept: its memory would never be given back. */
const MAX_KEPT_BYTES = 32 * 2 ** 20;
let kept: LuaModule | undefined;

/**
 * This thread's Lua for scripts: loaded once, and anew behind a script that broke it or made it large. What scripts
 * share in it is memory, of which each state sees its own.
 */
export async function takeLua(wasmUrl?: string): Promise<LuaModule> {
  const isFit = kept !== undefined && !broken.has(kept) && kept.raw.HEAPU8.length <= MAX_KEPT_BYTES;
  kept = isFit ? kept : await loadLua(wasmUrl);
  return kept!;
}
