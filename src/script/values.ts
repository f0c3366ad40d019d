import { LUA_TYPES, type LuaAddress, type RawLua } from './lua-module.ts';
import { ScriptError } from './script-error.ts';

/** What crosses between Lua and its host, by value. Lua's empty table comes as an object without fields. */
export type LuaValue =
  undefined | null | boolean | number | string | readonly LuaValue[] | { readonly [key: string]: LuaValue };

/** A function of the host as Lua calls it. An InferscopeError it throws is an error in Lua, at the caller's line. */
export type HostFunction = (...args: LuaValue[]) => LuaValue;

/** A value that stays in Lua: a loaded chunk or a function that a call returned. */
export interface LuaReference {
  readonly reference: number;
}

export type LuaArgument = LuaValue | HostFunction | LuaReference | Readonly<Record<string, HostFunction>>;

export function isReference(value: LuaArgument): value is LuaReference {
  return typeof value === 'object' && value !== null && 'reference' in value;
}

export function isFunctionTable(value: LuaArgument): value is Readonly<Record<string, HostFunction>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).some((entry) => typeof entry === 'function');
}

const MAX_DEPTH = 64;
const MAX_VALUES = 2_000_000;
const SLOTS_PER_LEVEL = 4;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const SCRATCH_BYTES = 128;
const scratches = new WeakMap<RawLua, number>();

function scratchOf(raw: RawLua): number {
  let pointer = scratches.get(raw);
  if (pointer === undefined) {
    pointer = raw._malloc(SCRATCH_BYTES);
    scratches.set(raw, pointer);
  }
  return pointer;
}

/** Writes a short ASCII text to memory; false where it is none. An encoder costs ten times as much for a name. */
function writeName(heap: Uint8Array, pointer: number, text: string): boolean {
  if (text.length > SCRATCH_BYTES) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return false;
    heap[pointer + at] = code;
  }
  return true;
}

export function pushText(raw: RawLua, state: LuaAddress, text: string): void {
  const scratch = scratchOf(raw);
  if (writeName(raw.HEAPU8, scratch, text)) {
    raw._lua_pushlstring(state, scratch, text.length);
    return;
  }
  const bytes = encoder.encode(text);
  const pointer = raw._malloc(bytes.length + 1);
  raw.HEAPU8.set(bytes, pointer);
  raw._lua_pushlstring(state, pointer, bytes.length);
  raw._free(pointer);
}

/** Text of the string at an index; the value there must be a string. */
export function readText(raw: RawLua, state: LuaAddress, index: number): string {
  const pointer = raw._lua_tolstring(state, index, 0);
  return decoder.decode(raw.HEAPU8.subarray(pointer, pointer + Number(raw._lua_rawlen(state, index))));
}

/** Moves values between a Lua state and JavaScript. Tables made of lists carry a mark, so that empty ones stay lists. */
export class ValueBridge {
  readonly #raw: RawLua;
  readonly #state: LuaAddress;
  readonly #pushListMark: () => void;
  /** Texts of the value that is being read, by where Lua has them: nothing runs meanwhile that could move one. */
  readonly #texts = new Map<number, string>();
  #values = 0;
  #textBytes = 0;

  constructor(raw: RawLua, state: LuaAddress, pushListMark: () => void) {
    this.#raw = raw;
    this.#state = state;
    this.#pushListMark = pushListMark;
  }

  /** What has crossed since the last time. */
  takeCounts(): { readonly values: number; readonly textBytes: number } {
    const counts = { values: this.#values, textBytes: this.#textBytes };
    this.#values = 0;
    this.#textBytes = 0;
    return counts;
  }

  push(value: LuaValue, depth = 0): void {
    this.#values++;
    if (depth > MAX_DEPTH) throw new Error('a value for Lua is nested too deep');
    this.#raw._lua_checkstack(this.#state, SLOTS_PER_LEVEL);
    if (value === undefined || value === null) this.#raw._lua_pushnil(this.#state);
    else if (typeof value === 'boolean') this.#raw._lua_pushboolean(this.#state, Number(value));
    else if (typeof value === 'number') this.#pushNumber(value);
    else if (typeof value === 'string') pushText(this.#raw, this.#state, value);
    else if (Array.isArray(value)) this.#pushList(value, depth);
    else this.#pushRecord(value as Readonly<Record<string, LuaValue>>, depth);
  }

  #pushNumber(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      this.#raw._lua_pushinteger(this.#state, BigInt(value));
    } else this.#raw._lua_pushnumber(this.#state, value);
  }

  #pushList(list: readonly LuaValue[], depth: number): void {
    this.#raw._lua_createtable(this.#state, list.length, 0);
    list.forEach((entry, index) => {
      this.push(entry, depth + 1);
      this.#raw._lua_rawseti(this.#state, -2, BigInt(index + 1));
    });
    this.#pushListMark();
    this.#raw._lua_setmetatable(this.#state, -2);
  }

  #pushRecord(record: Readonly<Record<string, LuaValue>>, depth: number): void {
    this.#raw._lua_createtable(this.#state, 0, 0);
    for (const [name, entry] of Object.entries(record)) {
      if (entry === undefined) continue;
      pushText(this.#raw, this.#state, name);
      this.push(entry, depth + 1);
      this.#raw._lua_rawset(this.#state, -3);
    }
  }

  /** The value at an index. Throws a ScriptError for what has no meaning outside Lua; `path` says where it stood. */
  read(index: number, path: string, depth = 0): LuaValue {
    if (depth === 0) this.#texts.clear();
    const kind = LUA_TYPES[this.#raw._lua_type(this.#state, index)] ?? 'nil';
    if (++this.#values > MAX_VALUES)
      throw new ScriptError(
        `${path.slice(0, MAX_DEPTH)} and what is with it: more than ${MAX_VALUES} values cannot leave the script`,
      );
    if (kind === 'nil') return undefined;
    if (kind === 'boolean') return this.#raw._lua_toboolean(this.#state, index) !== 0;
    if (kind === 'number') return this.#raw._lua_tonumberx(this.#state, index, 0);
    if (kind === 'string') return this.#readText(index);
    if (kind !== 'table') throw new ScriptError(`${path} is a ${kind}, which cannot leave the script`);
    if (depth > MAX_DEPTH)
      throw new ScriptError(`${path.slice(0, MAX_DEPTH)} is nested too deep, or holds itself`);
    return this.#readTable(this.#raw._lua_absindex(this.#state, index), path, depth);
  }

  #readText(index: number): string {
    const pointer = this.#raw._lua_tolstring(this.#state, index, 0);
    let text = this.#texts.get(pointer);
    if (text === undefined) this.#texts.set(pointer, (text = readText(this.#raw, this.#state, index)));
    this.#textBytes += text.length;
    return text;
  }

  #readTable(index: number, path: string, depth: number): LuaValue {
    this.#raw._lua_checkstack(this.#state, SLOTS_PER_LEVEL);
    const entries = this.#readEntries(index, path, depth);
    const length = Number(this.#raw._lua_rawlen(this.#state, index));
    const isList = length === entries.length && entries.every(([key]) => Number(key) <= length);
    if (isList && (length > 0 || this.#isMarked(index))) {
      return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
    }
    if (length > 0) throw new ScriptError(`${path} is both a list and a record, or a list with holes`);
    // Lua has no order of its own, and the seed of its hashes is a new one in each run.
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #readEntries(index: number, path: string, depth: number): [key: string, value: LuaValue][] {
    const entries: [string, LuaValue][] = [];
    this.#raw._lua_pushnil(this.#state);
    while (this.#raw._lua_next(this.#state, index) !== 0) {
      const key = this.#readKey(path);
      entries.push([key, this.read(-1, `${path}.${key}`, depth + 1)]);
      this.#raw._lua_settop(this.#state, -2);
    }
    return entries;
  }

  #readKey(path: string): string {
    const kind = LUA_TYPES[this.#raw._lua_type(this.#state, -2)] ?? 'nil';
    // A table may be its own key.
    if (kind === 'table')
      throw new ScriptError(`${path} has a table as a key; keys are names or whole numbers`);
    const key = this.read(-2, `a key of ${path}`, 1);
    if (typeof key === 'string' || (typeof key === 'number' && Number.isInteger(key))) return String(key);
    throw new ScriptError(`${path} has the key ${String(key)}; keys are names or whole numbers`);
  }

  #isMarked(index: number): boolean {
    if (this.#raw._lua_getmetatable(this.#state, index) === 0) return false;
    this.#pushListMark();
    const marked = this.#raw._lua_rawequal(this.#state, -1, -2) !== 0;
    this.#raw._lua_settop(this.#state, -3);
    return marked;
  }
}
