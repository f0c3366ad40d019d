import { REGISTRY, type LuaAddress, type RawLua } from './lua-module.ts';
import {
  isFunctionTable,
  isReference,
  pushText,
  type HostFunction,
  type LuaArgument,
  type LuaReference,
  type ValueBridge,
} from './values.ts';

/** What a call hands to Lua: values, what stays in Lua, and functions of the host, which it calls by a number. */
export class Callees {
  readonly #raw: RawLua;
  readonly #state: LuaAddress;
  readonly #bridge: ValueBridge;
  /** The function of C that calls those of the host; its upvalue is their number. */
  readonly #dispatcher: number;
  readonly #functions: HostFunction[] = [];

  constructor(raw: RawLua, state: LuaAddress, bridge: ValueBridge, dispatcher: number) {
    this.#raw = raw;
    this.#state = state;
    this.#bridge = bridge;
    this.#dispatcher = dispatcher;
  }

  functionAt(number: number): HostFunction {
    return this.#functions[number];
  }

  pushReference({ reference }: LuaReference): void {
    this.#raw._lua_rawgeti(this.#state, REGISTRY, BigInt(reference));
  }

  push(value: LuaArgument): void {
    if (typeof value === 'function') this.#pushFunction(value);
    else if (isReference(value)) this.pushReference(value);
    else if (isFunctionTable(value)) this.#pushFunctionTable(value);
    else this.#bridge.push(value);
  }

  #pushFunction(callback: HostFunction): void {
    this.#raw._lua_pushinteger(this.#state, BigInt(this.#functions.push(callback) - 1));
    this.#raw._lua_pushcclosure(this.#state, this.#dispatcher, 1);
  }

  #pushFunctionTable(functions: Readonly<Record<string, HostFunction>>): void {
    this.#raw._lua_createtable(this.#state, 0, 0);
    for (const [name, callback] of Object.entries(functions)) {
      pushText(this.#raw, this.#state, name);
      this.#pushFunction(callback);
      this.#raw._lua_rawset(this.#state, -3);
    }
  }
}
